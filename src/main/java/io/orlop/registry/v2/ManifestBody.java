package io.orlop.registry.v2;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;

/** Reads a manifest's body, bounded: a larger one is refused before more of it is read. */
final class ManifestBody {
  private static final int LIMIT = 4 * 1024 * 1024;

  private ManifestBody() {}

  static byte[] read(HttpHeaders headers, InputStream body) throws IOException {
    if (headers.getLength() > LIMIT) {
      throw tooLarge();
    }
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
