package io.orlop.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Content for blobs that no other test has. */
public final class Blobs {
  private Blobs() {}

  /** Makes bytes that never were before. */
  public static byte[] random(int size) {
    byte[] bytes = new byte[size];
    ThreadLocalRandom.current().nextBytes(bytes);
    return bytes;
  }

  /** Makes an image's config. */
  public static byte[] config() {
    return """
    {"architecture":"amd64","os":"linux","author":"%s","rootfs":{"type":"layers","diff_ids":[]}}
    """
        .formatted(UUID.randomUUID())
        .getBytes(StandardCharsets.UTF_8);
  }
}
