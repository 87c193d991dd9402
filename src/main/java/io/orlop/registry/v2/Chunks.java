package io.orlop.registry.v2;

import io.orlop.catalog.upload.UploadService.Chunk;
import io.orlop.oci.ContentRange;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.http.RequestBody;
import io.orlop.platform.http.limit.LimitsConfig;
import io.orlop.platform.stream.ByteBudget;
import io.orlop.storage.StorageConfig;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the bytes that a request carries, and what it says of them. */
@ApplicationScoped
class Chunks {
  private final ByteBudget budget;
  private final Duration patience;

  Chunks(StorageConfig config, LimitsConfig limits) {
    budget = new ByteBudget(config.uploadBuffers().asLongValue());
    patience = limits.stallTimeout();
  }

  /**
   * Takes up a request's body.
   *
   * @throws io.orlop.platform.error.RegistryException SIZE_INVALID if its headers contradict each
   *     other
   */
  Chunk of(HttpHeaders headers, RoutingContext context) {
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
    return new Chunk(new RequestBody(context, length, budget, patience), range, length);
  }

  /** Returns how many bytes of all bodies have arrived that nobody has taken. */
  long waiting() {
    return budget.held();
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
