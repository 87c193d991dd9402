package io.orlop.api.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the scheme that is advertised is the one that the client used. A lost {@code https} is
 * the notorious fault: clients refuse to send their credentials to the realm, or do so in the
 * clear.
 */
final class SchemeCheck {
  private static final String HEADER = "X-Forwarded-Proto";

  /** Headers that say {@code https} in words of their own. */
  private static final List<String> OTHER_WORDS =
      List.of(
          "X-Forwarded-Scheme",
          "X-Forwarded-Protocol",
          "X-Original-Proto",
          "X-Scheme",
          "X-Url-Scheme",
          "CloudFront-Forwarded-Proto");

  private SchemeCheck() {}

  static Optional<Problem> examine(Examination examination) {
    if (examination.configured().isPresent()) {
      return Optional.empty();
    }
    return examination.typed().isPresent() ? compare(examination) : suspect(examination);
  }

  private static Optional<Problem> compare(Examination examination) {
    String typed = examination.supposed().scheme();
    String advertised = examination.advertised().scheme();
    return typed.equals(advertised)
        ? Optional.empty()
        : Optional.of(
            Problem.error(
                "scheme-differs",
                "The client used %s, but Orlop would advertise %s: %s."
                    .formatted(typed, advertised, evidence(examination)),
                Cures.passOn(HEADER, "$scheme", examination)));
  }

  private static Optional<Problem> suspect(Examination examination) {
    if (!examination.arrival().isNear() || !examination.isProxied()) {
      return Optional.empty();
    }
    if (examination.seen().scheme().equals("https")) {
      return contradiction(examination);
    }
    List<String> hints = hints(examination).toList();
    String cure = Cures.passOn(HEADER, "$scheme", examination);
    if (!hints.isEmpty()) {
      return Optional.of(
          Problem.error(
              "scheme-lost",
              "Orlop would advertise http, since %s; yet https was used somewhere: %s."
                  .formatted(evidence(examination), String.join("; ", hints)),
              cure));
    }
    if (examination.arrival().forwarded().scheme().isEmpty()) {
      return Optional.of(
          Problem.warning(
              "scheme-missing",
              "A proxy passed this request on, but " + evidence(examination) + ".",
              cure));
    }
    return examination.hops() < 2
        ? Optional.empty()
        : Optional.of(
            Problem.warning(
                "scheme-doubtful",
                "The request came through several proxies and %s, which may be the inner one's word. Ask again with ?url= and the address that the client uses."
                    .formatted(evidence(examination)),
                cure));
  }

  private static Optional<Problem> contradiction(Examination examination) {
    List<String> values = examination.values(HEADER);
    boolean contradicts =
        examination.headers().contains("Forwarded")
            && !values.isEmpty()
            && values.getFirst().equalsIgnoreCase("http");
    return contradicts
        ? Optional.of(
            Problem.warning(
                "scheme-doubtful",
                "Forwarded says https, but X-Forwarded-Proto says http. Forwarded counts.",
                "Let the proxy that writes the wrong one of them leave it alone, or set "
                    + Cures.externalUrl(examination)))
        : Optional.empty();
  }

  private static String evidence(Examination examination) {
    List<String> values = examination.values(HEADER);
    if (examination.arrival().forwarded().scheme().isEmpty()) {
      return "no header says which scheme the client used";
    }
    return examination.headers().contains("Forwarded")
        ? "Forwarded is " + String.join(", ", examination.headers().getAll("Forwarded"))
        : HEADER + " is " + String.join(", ", values);
  }

  private static Stream<String> hints(Examination examination) {
    Stream<String> schemes =
        OTHER_WORDS.stream().filter(header -> says(examination, header, "https"));
    Stream<String> later = Stream.of(HEADER).filter(header -> says(examination, header, "https"));
    Stream<String> switches =
        Stream.of("X-Forwarded-Ssl", "Front-End-Https")
            .filter(header -> says(examination, header, "on"));
    Stream<String> ports =
        Stream.of("X-Forwarded-Port").filter(header -> says(examination, header, "443"));
    Stream<String> named =
        Stream.of(schemes, later, switches, ports)
            .flatMap(headers -> headers)
            .map(header -> header + ": " + String.join(", ", examination.values(header)));
    return Stream.concat(named, lessPlain(examination));
  }

  private static Stream<String> lessPlain(Examination examination) {
    Stream<String> forwarded =
        examination.headers().getAll("Forwarded").stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).matches(".*proto=\"?https.*"))
            .map(line -> "Forwarded: " + line);
    Stream<String> host =
        Stream.of(examination.seen().authority())
            .filter(authority -> authority.endsWith(":443"))
            .map(authority -> "the host is " + authority);
    return Stream.concat(forwarded, host);
  }

  private static boolean says(Examination examination, String header, String value) {
    return examination.values(header).stream().anyMatch(value::equalsIgnoreCase);
  }
}
