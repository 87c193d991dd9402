package io.orlop.platform.http;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Refuses, in the form of the door that they are for, requests that never get to an endpoint: no
 * host, a path that is too long, or a body of which two readers could see two ends. The connection
 * is closed, since nobody can tell where such a request ends.
 */
class UnroutableRequests {
  private static final int BAD_REQUEST = 400;

  /**
   * The longest path that means something has some 400 characters, more where slashes are encoded.
   * The time that finding an endpoint takes grows with the square of the length.
   */
  private static final int MAX_PATH = 700;

  private static final int PRIORITY = 9_500;

  private final EarlyAnswers answers;

  UnroutableRequests(EarlyAnswers answers) {
    this.answers = answers;
  }

  void install(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::refuseIfMalformed);
  }

  /**
   * Lets through bodies that are sent in chunks or with their length, and no other coding.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.3">RFC 9112, message body
   *     length</a>
   */
  void install(@Observes Filters filters) {
    filters.register(
        context -> {
          if (context.request().uri().length() > MAX_PATH && pathLength(context) > MAX_PATH) {
            refuse(context, ErrorCode.PATH_TOO_LONG.exception());
            return;
          }
          List<String> codings = context.request().headers().getAll(HttpHeaders.TRANSFER_ENCODING);
          if (codings.isEmpty()
              || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"))) {
            context.next();
          } else {
            refuse(context, malformed());
          }
        },
        PRIORITY);
  }

  private void refuseIfMalformed(RoutingContext context) {
    if (context.statusCode() == BAD_REQUEST) {
      refuse(context, malformed());
    } else {
      context.next();
    }
  }

  private static int pathLength(RoutingContext context) {
    String uri = context.request().uri();
    int query = uri.indexOf('?');
    return query < 0 ? uri.length() : query;
  }

  private static RegistryException malformed() {
    return ErrorCode.BAD_REQUEST.exception("the request is malformed");
  }

  private void refuse(RoutingContext context, RegistryException failure) {
    HttpServerResponse response = context.response();
    if (response.headWritten()) {
      return;
    }
    Buffer body = answers.prepare(context, failure);
    response
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader(HttpHeaders.CONNECTION, "close");
    // Ended after the connection, else what follows would be taken for the next request.
    response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
    response
        .write(body)
        .eventually(() -> context.request().connection().close())
        .onComplete(_ -> response.end());
  }
}
