package io.orlop.identity.token;

import java.time.Instant;

/** The personal token that its owner chose, and may read again. */
public record CliSecret(long id, String secret, Instant createdAt) {

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "CliSecret[" + id + "]";
  }
}
