package io.orlop.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Ends requests that were answered before their body was read, such as a push without credentials.
 *
 * <p>Left alone, a client that sends everything before it reads would wait forever for room to
 * write, and hold its connection. So the rest of the body is read and thrown away for a while, and
 * then the connection is closed. It is not closed at once, since that would take the answer away
 * from a client that is still sending.
 */
class UnreadBodyFilter {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PRIORITY = 9_000;

  void install(@Observes Filters filters) {
    filters.register(
        context -> {
          HttpServerRequest request = context.request();
          if (hasBody(request)) {
            context.addHeadersEndHandler(_ -> announceClose(request));
            // A connection that broke instead is left to whoever is reading the body.
            context.addEndHandler(answered -> {
              if (answered.succeeded()) {
                end(context);
              }
            });
          }
          context.next();
        },
        PRIORITY);
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
            || request.version() == HttpVersion.HTTP_2
        : !length.equals("0");
  }

  /** So that the client does not send its next request into a connection that is about to close. */
  private static void announceClose(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2 && !request.isEnded()) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  private static void end(RoutingContext context) {
    HttpServerRequest request = context.request();
    Vertx vertx = context.vertx();
    // Vert.x guards a request by its connection, see the input stream of Quarkus REST.
    synchronized (request.connection()) {
      if (request.isEnded()) {
        return;
      }
      if (isWaitingForContinue(context)) {
        close(request);
        return;
      }
      long timer = vertx.setTimer(PATIENCE.toMillis(), _ -> close(request));
      request.exceptionHandler(_ -> vertx.cancelTimer(timer));
      request.endHandler(_ -> {
        vertx.cancelTimer(timer);
        if (request.version() != HttpVersion.HTTP_2) {
          close(request); // As announced. A stream of HTTP/2 has ended by itself.
        }
      });
      request.handler(_ -> {});
      request.resume();
    }
  }

  /** Such a client may send the body or leave it out: nobody knows what its next bytes are. */
  private static boolean isWaitingForContinue(RoutingContext context) {
    return RequestNotes.receivedBy(context) == 0
        && context.request().headers().contains(HttpHeaders.EXPECT);
  }

  private static void close(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(0);
    } else {
      request.connection().close();
    }
  }
}
