package io.orlop.registry.v2;

import io.orlop.catalog.artifact.ManifestService;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads a manifest's body, bounded: a larger one is refused before more of it is read. */
final class ManifestBody {
  static final int LIMIT = 4 * 1024 * 1024;

  private static final int BUFFER = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ManifestBody() {}

  /**
   * Reads the body. One that is no longer small takes a share of the budget, and has to come in
   * time, since others wait for the share.
   */
  static byte[] read(HttpHeaders headers, InputStream body, ManifestBudget.Share share)
      throws IOException {
    int length = headers.getLength();
    if (length > LIMIT) {
      throw tooLarge();
    }
    byte[] head = body.readNBytes(ManifestService.ORDINARY_BYTES + 1);
    if (head.length <= ManifestService.ORDINARY_BYTES) {
      return head;
    }
    share.take(length < 0 ? LIMIT : length);
    return readOn(head, body);
  }

  private static byte[] readOn(byte[] head, InputStream body) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.length * 2);
    all.write(head);
    byte[] buffer = new byte[BUFFER];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      all.write(buffer, 0, count);
      if (all.size() > LIMIT) {
        throw tooLarge();
      }
      if (System.nanoTime() - deadline > 0) {
        throw ErrorCode.BAD_REQUEST.exception("the manifest comes too slowly");
      }
    }
    return all.toByteArray();
  }

  private static RegistryException tooLarge() {
    return ErrorCode.MANIFEST_TOO_LARGE.exception("a manifest may have at most 4 MiB");
  }
}
