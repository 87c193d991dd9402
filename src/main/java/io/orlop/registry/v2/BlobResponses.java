package io.orlop.registry.v2;

import io.orlop.catalog.blob.BlobContents;
import io.orlop.catalog.blob.BlobInfo;
import io.orlop.oci.ByteRange;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.registry.RegistryErrorBody;
import io.orlop.storage.BlobReader;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.PathPart;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a blob's bytes. A blob that is a file is left to its connection to send where that
 * can, over plain HTTP/1.1; nothing may wrap the response on this way. All other bytes are read
 * here: whole blobs are hashed, and those that are damaged cut off.
 */
@ApplicationScoped
class BlobResponses {
  private static final String CONTENT_RANGE = "Content-Range";

  private final BlobContents contents;
  private final RegistryErrorBody errors;
  private final HttpServerRequest request;

  BlobResponses(BlobContents contents, RegistryErrorBody errors, HttpServerRequest request) {
    this.contents = contents;
    this.errors = errors;
    this.request = request;
  }

  Response head(BlobInfo blob) {
    return described(Response.ok(), blob)
        .header(HttpHeaders.CONTENT_LENGTH, blob.size())
        .type(MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .build();
  }

  Response notModified(BlobInfo blob) {
    return described(Response.notModified(), blob).build();
  }

  /**
   * A blob that needs no waiting for: its bytes, or a file that its connection can send.
   *
   * @param bytes all of them, of a small blob
   * @param file that holds a larger one
   */
  record AtHand(Optional<byte[]> bytes, Optional<Path> file) {}

  /**
   * Looks whether the answer with a blob needs no waiting: from memory, or as a file. Several
   * ranges in one answer do.
   */
  Optional<AtHand> atHand(BlobInfo blob) {
    if (isOfSeveralRanges(request.getHeader(Headers.RANGE))) {
      return Optional.empty();
    }
    if (BlobContents.isSmall(blob)) {
      return contents.kept(blob).map(bytes -> new AtHand(Optional.of(bytes), Optional.empty()));
    }
    return canSendFile()
        ? contents.file(blob).map(file -> new AtHand(Optional.empty(), Optional.of(file)))
        : Optional.empty();
  }

  private static boolean isOfSeveralRanges(@Nullable String range) {
    return range != null && range.indexOf(',') >= 0;
  }

  /**
   * Answers with the blob, or what a {@code Range} header asks of it.
   *
   * @param atHand what {@link #atHand} found; null to find it now
   */
  Response content(BlobInfo blob, @Nullable String range, @Nullable AtHand atHand) {
    Optional<URI> elsewhere = contents.temporaryUrl(blob);
    if (elsewhere.isPresent()) {
      return redirect(blob, elsewhere.get());
    }
    return switch (ByteRange.parse(range, blob.size())) {
      case ByteRange.Whole _ ->
          part(described(Response.ok(), blob), blob, new ByteRange.Part(0, blob.size()), atHand);
      case ByteRange.Unsatisfiable _ -> unsatisfiable(blob);
      case ByteRange.Parts parts when parts.parts().size() == 1 -> {
        ByteRange.Part only = parts.parts().getFirst();
        yield part(
            described(Response.status(206), blob)
                .header(CONTENT_RANGE, contentRange(only, blob.size())),
            blob,
            only,
            atHand);
      }
      case ByteRange.Parts parts -> multipart(blob, parts.parts());
    };
  }

  /** Sends the client to the store, with whatever {@code Range} it asks for itself. */
  private static Response redirect(BlobInfo blob, URI address) {
    return Response.temporaryRedirect(address)
        .header(Headers.DIGEST, blob.digest())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** Tells the size by a header too, where a client that resumes a pull looks for it. */
  private Response unsatisfiable(BlobInfo blob) {
    RegistryException refusal =
        ErrorCode.RANGE_INVALID.exception(
            "the blob has " + blob.size() + " bytes", Map.of("size", blob.size()));
    return Response.fromResponse(errors.answer(refusal))
        .header(CONTENT_RANGE, "bytes */" + blob.size())
        .build();
  }

  private Response part(
      ResponseBuilder response, BlobInfo blob, ByteRange.Part part, @Nullable AtHand atHand) {
    response.type(MediaType.APPLICATION_OCTET_STREAM_TYPE);
    if (BlobContents.isSmall(blob) && part.length() > 0) {
      byte[] bytes = atHand == null ? contents.read(blob) : atHand.bytes().orElseThrow();
      return response
          .entity(
              part.length() == blob.size()
                  ? bytes
                  : Arrays.copyOfRange(bytes, (int) part.offset(), (int) part.last() + 1))
          .build();
    }
    Optional<Path> file = atHand == null ? look(blob) : atHand.file();
    if (part.length() == 0) {
      return response.header(HttpHeaders.CONTENT_LENGTH, 0).build();
    }
    if (file.isPresent() && canSendFile()) {
      return response.entity(new PathPart(file.get(), part.offset(), part.length())).build();
    }
    StreamingOutput stream = output -> contents.copy(blob, part.offset(), part.length(), output);
    return response.header(HttpHeaders.CONTENT_LENGTH, part.length()).entity(stream).build();
  }

  private Optional<Path> look(BlobInfo blob) {
    try (BlobReader reader = contents.open(blob)) {
      return reader.file();
    }
  }

  private boolean canSendFile() {
    return !request.isSSL() && request.version() != HttpVersion.HTTP_2;
  }

  private Response multipart(BlobInfo blob, List<ByteRange.Part> parts) {
    MultipartRanges body = new MultipartRanges(blob, parts);
    StreamingOutput stream =
        output -> contents.reading(blob, reader -> body.writeTo(output, reader));
    return described(Response.status(206), blob)
        .type(body.contentType())
        .header(HttpHeaders.CONTENT_LENGTH, body.length())
        .entity(stream)
        .build();
  }

  static String contentRange(ByteRange.Part part, long size) {
    return "bytes " + part.offset() + "-" + part.last() + "/" + size;
  }

  private static ResponseBuilder described(ResponseBuilder response, BlobInfo blob) {
    return response
        .header(Headers.DIGEST, blob.digest())
        .header(HttpHeaders.ETAG, ETags.of(blob.digest()))
        .header("Accept-Ranges", "bytes")
        .header(HttpHeaders.CACHE_CONTROL, "private, max-age=31536000, immutable");
  }
}
