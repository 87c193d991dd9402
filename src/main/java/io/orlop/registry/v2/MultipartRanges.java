package io.orlop.registry.v2;

import io.orlop.catalog.blob.BlobInfo;
import io.orlop.oci.ByteRange;
import io.orlop.storage.BlobReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Several ranges of one blob in one body, as a client that pulls parts of a layer (zstd:chunked)
 * asks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.6">RFC 9110,
 *     multipart/byteranges</a>
 */
record MultipartRanges(BlobInfo blob, List<ByteRange.Part> parts) {

  /**
   * A text that cannot be in the content by chance; containers/image takes letters and digits only.
   */
  private String boundary() {
    return "orlop" + blob.digest().hex().substring(0, 32);
  }

  String contentType() {
    return "multipart/byteranges; boundary=" + boundary();
  }

  /** Returns the length of the whole body in bytes. */
  long length() {
    long length = end().length;
    for (ByteRange.Part part : parts) {
      length += head(part).length + part.length();
    }
    return length;
  }

  void writeTo(OutputStream output, BlobReader reader) throws IOException {
    for (ByteRange.Part part : parts) {
      output.write(head(part));
      try (InputStream bytes = reader.stream(part.offset(), part.length())) {
        bytes.transferTo(output);
      }
    }
    output.write(end());
  }

  private byte[] head(ByteRange.Part part) {
    return ("\r\n--"
            + boundary()
            + "\r\nContent-Type: application/octet-stream\r\nContent-Range: "
            + BlobResponses.contentRange(part, blob.size())
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] end() {
    return ("\r\n--" + boundary() + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
