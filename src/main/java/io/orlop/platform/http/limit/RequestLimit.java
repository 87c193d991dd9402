package io.orlop.platform.http.limit;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.http.ClientAddress;
import io.orlop.platform.http.EarlyAnswers;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Answers 429 to an address that asks too often, before anybody looks at the request. Requests that
 * carry credentials and those that do not are counted apart: a pull begins with one or two of the
 * latter and goes on with a token.
 */
class RequestLimit {
  /** After ids are given and before anything that costs. */
  private static final int PRIORITY = 8_900;

  private final ClientAddress addresses;
  private final EarlyAnswers answers;
  private final RefusalMeters meters;
  private final RequestRate anonymous;
  private final RequestRate known;

  RequestLimit(
      LimitsConfig config, ClientAddress addresses, EarlyAnswers answers, RefusalMeters meters) {
    this.meters = meters;
    this.addresses = addresses;
    this.answers = answers;
    this.anonymous = new RequestRate(config.anonymousRequests(), config.anonymousBurst());
    this.known = new RequestRate(config.requests(), config.burst());
  }

  void install(@Observes Filters filters) {
    if (anonymous.isOn() || known.isOn()) {
      filters.register(this::check, PRIORITY);
    }
  }

  private void check(RoutingContext context) {
    boolean hasCredentials = context.request().headers().contains(HttpHeaders.AUTHORIZATION);
    RequestRate rate = hasCredentials ? known : anonymous;
    if (rate.isOn()) {
      long wait =
          addresses
              .addressOf(context.request())
              .filter(address -> !address.isLoopbackAddress())
              .map(address -> rate.take(AddressKey.of(address).getHostAddress()))
              .orElse(0L);
      if (wait > 0) {
        meters.countRequest(hasCredentials);
        context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        answers.send(context, ErrorCode.TOOMANYREQUESTS.exception());
        return;
      }
    }
    context.next();
  }
}
