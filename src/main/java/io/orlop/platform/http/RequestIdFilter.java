package io.orlop.platform.http;

import io.orlop.platform.log.LogConfig;
import io.orlop.platform.log.LogFormat;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Gives every request an id, the client's own if it sent a sane one, and every answer the headers
 * that no answer may lack. What is logged while the request is served carries the id too.
 */
class RequestIdFilter {
  static final String HEADER = "X-Request-ID";

  /** Its name among what a log line tells of its context. */
  private static final String LOGGED = "requestId";

  /** The same with its brackets, which a line outside of requests is to lack as well. */
  private static final String LOGGED_AS_TEXT = "requestMark";

  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final int FIRST = 10_000;

  private final LogConfig log;

  RequestIdFilter(LogConfig log) {
    this.log = log;
  }

  void install(@Observes Filters filters) {
    filters.register(
        context -> {
          HttpServerRequest request = context.request();
          String id = request.getHeader(HEADER);
          if (id == null || !SANE.matcher(id).matches()) {
            id = newId();
          }
          MDC.put(LOGGED, id);
          if (log.format() == LogFormat.TEXT) {
            MDC.put(LOGGED_AS_TEXT, "[" + id + "] ");
          }
          context.response().putHeader(HEADER, id).putHeader("X-Content-Type-Options", "nosniff");
          context.next();
        },
        FIRST);
  }

  /** Makes an id in the form of a random UUID. It is no secret, so that any randomness will do. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  /** Returns the id that was given to a request. */
  static String idOf(HttpServerRequest request) {
    return String.valueOf(request.response().headers().get(HEADER));
  }
}
