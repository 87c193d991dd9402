package io.orlop.api.proxy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds what is wrong with the way a request came, the worst first. */
final class ProxyDoctor {
  private static final List<Function<Examination, Optional<Problem>>> CHECKS =
      List.of(
          ProxyDoctor::ignoredHeaders,
          ProxyDoctor::otherThanConfigured,
          SchemeCheck::examine,
          AddressCheck::host,
          AddressCheck::port,
          AddressCheck::prefix);

  private ProxyDoctor() {}

  static List<Problem> examine(Examination examination) {
    Stream<Problem> found = CHECKS.stream().flatMap(check -> check.apply(examination).stream());
    return Stream.concat(found, UnreadableHeaders.of(examination).stream())
        .sorted((a, b) -> Boolean.compare(b.isError(), a.isError()))
        .toList();
  }

  private static Optional<Problem> ignoredHeaders(Examination examination) {
    if (examination.arrival().isNear()
        || examination.configured().isPresent()
        || !examination.isProxied()) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.error(
            "headers-ignored",
            "Forwarding headers came from %s, which is no private address: they do not count."
                .formatted(examination.arrival().peer().orElse("an unknown address")),
            "Let the proxy connect to Orlop through a private or loopback address, or set "
                + Cures.externalUrl(examination)));
  }

  private static Optional<Problem> otherThanConfigured(Examination examination) {
    return examination
        .configured()
        .filter(configured ->
            examination
                .typed()
                .map(typed -> !Addresses.same(typed, configured))
                // The configured address is there to correct what proxies lose: the scheme
                // and the port. Only another host means that somebody came another way.
                .orElseGet(() -> !Addresses.sameHost(examination.seen(), configured)))
        .map(configured ->
            Problem.error(
                "external-url-differs",
                "The client asked for %s, but ORLOP_HTTP_EXTERNAL_URL is %s: it is sent there for its token."
                    .formatted(examination.typed().orElse(examination.seen()), configured),
                "Use %s, or change ORLOP_HTTP_EXTERNAL_URL; where both addresses are in use, unset it and let the proxies say which one was asked."
                    .formatted(configured)));
  }
}
