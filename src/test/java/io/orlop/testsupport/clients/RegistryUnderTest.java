package io.orlop.testsupport.clients;

import java.util.UUID;

/**
 * The registry that the clients talk to, over HTTP on the loopback address.
 *
 * @param host host and port, as an image's name begins
 * @param user who may push
 * @param password the user's password
 */
public record RegistryUnderTest(String host, String user, String password) {

  /** The name of a repository of the public project that nobody has used before. */
  public String newRepository(String hint) {
    return "library/" + hint + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /**
   * Somebody who does not exist: wrong passwords of the shared account would be counted for all.
   */
  public String nobody() {
    return "nobody-" + UUID.randomUUID();
  }

  /** The full name of a repository. */
  public String name(String repository) {
    return host + "/" + repository;
  }
}
