package io.orlop.api.proxy;

import io.orlop.platform.http.ForwardedHeaders;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds forwarding headers that are there, but say nothing that can be used. */
final class UnreadableHeaders {
  private UnreadableHeaders() {}

  static List<Problem> of(Examination examination) {
    if (!examination.arrival().isNear()) {
      return List.of();
    }
    ForwardedHeaders read = examination.arrival().forwarded();
    return Stream.of(
            check(examination, "X-Forwarded-Proto", read.scheme(), "http or https"),
            check(examination, "X-Forwarded-Host", read.host(), "a host, perhaps with a port"),
            check(examination, "X-Forwarded-Port", read.port(), "a number from 1 to 65535"),
            check(examination, "X-Forwarded-Prefix", read.prefix(), "a path like /registry"))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Problem> check(
      Examination examination, String header, Optional<?> value, String expected) {
    return value.isPresent() || examination.values(header).stream().allMatch("/"::equals)
        ? Optional.empty()
        : Optional.of(
            Problem.warning(
                "header-unreadable",
                "%s is \"%s\", but should be %s. It does not count."
                    .formatted(header, String.join(", ", examination.values(header)), expected),
                "Correct the proxy that writes it."));
  }
}
