package io.orlop.registry.v2;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;

/** Reads a manifest's body, bounded: a larger one is refused before more of it is read. */
final class ManifestBody {
  static final int LIMIT = 4 * 1024 * 1024;

  private ManifestBody() {}

  /** Returns how large the body is, or may become where the client does not say. */
  static long announced(HttpHeaders headers) {
    int length = headers.getLength();
    if (length > LIMIT) {
      throw tooLarge();
    }
    return length < 0 ? LIMIT : length;
  }

  static byte[] read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(LIMIT + 1);
    if (bytes.length > LIMIT) {
      throw tooLarge();
    }
    return bytes;
  }

  private static RegistryException tooLarge() {
    return ErrorCode.MANIFEST_TOO_LARGE.exception("a manifest may have at most 4 MiB");
  }
}
