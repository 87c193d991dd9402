package io.orlop.registry.v2;

import io.orlop.catalog.upload.UploadService.Chunk;
import io.orlop.oci.ContentRange;
import io.orlop.platform.error.ErrorCode;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what a request says of the bytes that it carries. */
final class Chunks {
  private Chunks() {}

  static Chunk of(HttpHeaders headers, InputStream body) {
    Optional<ContentRange> range =
        Optional.ofNullable(headers.getHeaderString("Content-Range")).map(ContentRange::parse);
    OptionalLong length = length(headers);
    if (range.isPresent() && length.isPresent() && range.get().length() != length.getAsLong()) {
      throw ErrorCode.SIZE_INVALID.exception(
          "Content-Range has "
              + range.get().length()
              + " bytes, Content-Length says "
              + length.getAsLong());
    }
    return new Chunk(body, range, length);
  }

  private static OptionalLong length(HttpHeaders headers) {
    String text = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      throw ErrorCode.SIZE_INVALID.exception("Content-Length is no number");
    }
  }
}
