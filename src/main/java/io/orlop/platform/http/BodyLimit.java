package io.orlop.platform.http;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Bounds the bodies of all requests but those of {@code /v2}, where a layer may have any size. A
 * body that says its length is refused before it is read, one that does not when it goes beyond.
 */
class BodyLimit {
  private static final long MAX_BYTES = 1024 * 1024;

  /** Runs before anything looks at the body. */
  @ServerRequestFilter(preMatching = true)
  public void refuseByLength(ContainerRequestContext context, HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (isBounded(context) && length != null && isTooLong(length)) {
      // What was sent is not read: the connection is of no further use.
      request.response().putHeader("Connection", "close");
      throw tooLarge();
    }
  }

  /** Runs after the caller was let in, and before the body is read. */
  @ServerRequestFilter(priority = Priorities.USER)
  public void count(ContainerRequestContext context, HttpServerRequest request) {
    boolean chunked = request.getHeader("Content-Length") == null && context.hasEntity();
    if (isBounded(context) && chunked) {
      context.setEntityStream(new Counted(context.getEntityStream()));
    }
  }

  /** Looks at the path that the request is routed by, not at the one that was sent. */
  private static boolean isBounded(ContainerRequestContext context) {
    String path = context.getUriInfo().getPath();
    return !(path.equals("/v2") || path.startsWith("/v2/"));
  }

  private static boolean isTooLong(String length) {
    return length.length() > 18 || (length.matches("[0-9]+") && Long.parseLong(length) > MAX_BYTES);
  }

  private static RegistryException tooLarge() {
    return ErrorCode.REQUEST_ENTITY_TOO_LARGE.exception(
        "the body is larger than " + MAX_BYTES + " bytes");
  }

  private static final class Counted extends FilterInputStream {
    private long read;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      count(count);
      return count;
    }

    private void count(int count) {
      read += Math.max(count, 0);
      if (read > MAX_BYTES) {
        throw tooLarge();
      }
    }
  }
}
