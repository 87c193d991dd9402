package io.orlop.api.proxy;

import io.orlop.platform.http.PublicUrl;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether host, port and path that are advertised are those that the client used. */
final class AddressCheck {
  /** Hosts that no client on another machine can mean. */
  private static final Pattern OWN =
      Pattern.compile("localhost|127(?:\\.[0-9]+){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private AddressCheck() {}

  static Optional<Problem> host(Examination examination) {
    if (examination.configured().isPresent()) {
      return Optional.empty();
    }
    String cure = Cures.passOn("X-Forwarded-Host", "$http_host", examination);
    String advertised = examination.seen().host();
    if (examination.typed().isPresent()) {
      PublicUrl typed = examination.supposed();
      return Addresses.sameHost(typed, examination.seen())
          ? Optional.empty()
          : Optional.of(
              Problem.error(
                  "host-differs",
                  "The client asked for %s, but Orlop would advertise %s."
                      .formatted(typed.host(), advertised),
                  cure));
    }
    boolean replaced = examination.isProxied() && OWN.matcher(advertised).matches();
    return replaced
        ? Optional.of(
            Problem.warning(
                "host-doubtful",
                "A proxy passed this request on, but the host is %s, which only this machine can mean."
                    .formatted(advertised),
                cure))
        : Optional.empty();
  }

  static Optional<Problem> port(Examination examination) {
    if (examination.configured().isPresent()) {
      return Optional.empty();
    }
    PublicUrl seen = examination.seen();
    String cure = Cures.passOn("Host", "$http_host", examination);
    if (examination.typed().isPresent()) {
      PublicUrl typed = examination.supposed();
      boolean lost =
          Addresses.sameHost(typed, seen)
              && typed.port() != seen.port()
              && !(isDefault(typed) && isDefault(seen));
      return lost
          ? Optional.of(
              Problem.error(
                  "port-differs",
                  "The client used port %d, but Orlop would advertise port %d."
                      .formatted(typed.port(), seen.port()),
                  cure))
          : Optional.empty();
    }
    return examination
        .arrival()
        .forwarded()
        .port()
        .filter(_ -> examination.arrival().isNear())
        .filter(port -> port != 80 && port != 443 && port != seen.port())
        .map(port ->
            Problem.warning(
                "port-doubtful",
                "X-Forwarded-Port is %d, but the host that was asked has port %d, which counts."
                    .formatted(port, seen.port()),
                cure));
  }

  static Optional<Problem> prefix(Examination examination) {
    return Stream.concat(
            Stream.of(examination.advertised(), examination.seen()), examination.typed().stream())
        .map(PublicUrl::prefix)
        .filter(prefix -> !prefix.isEmpty())
        .findFirst()
        .map(prefix ->
            Problem.error(
                "path-prefix",
                "There is a path in front of Orlop's own: %s. Container clients ask for /v2/ at the root of the host and nowhere else."
                    .formatted(prefix),
                "Give Orlop a host name or a port of its own, and let the proxy pass / on as it is."));
  }

  /** A difference that comes from the schemes alone is the scheme's problem. */
  private static boolean isDefault(PublicUrl url) {
    return url.port() == (url.scheme().equals("https") ? 443 : 80);
  }
}
