package io.orlop.testsupport.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One of the proxy configurations that people copy from {@code deploy/proxy}: what is documented is
 * what is tested, with the names of the test in place of the examples.
 *
 * @param text the configuration
 */
public record ProxySample(String text) {

  private static final Path FOLDER = Path.of("deploy", "proxy");

  /** Reads a sample. */
  public static ProxySample named(String file) {
    try {
      return new ProxySample(Files.readString(FOLDER.resolve(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample with something else in place of what must be there. */
  public ProxySample with(String example, String replacement) {
    assertThat(text).contains(example);
    return new ProxySample(text.replace(example, replacement));
  }

  /** The sample before a registry that listens on another port. */
  public ProxySample before(int port) {
    return with("127.0.0.1:8080", "127.0.0.1:" + port);
  }
}
