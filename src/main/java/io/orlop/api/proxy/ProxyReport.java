package io.orlop.api.proxy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.platform.http.PublicUrl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Orlop makes of a request.
 *
 * @param healthy whether clients that come this way can log in, push and pull
 * @param seenUrl the address that the request alone tells
 * @param externalUrl the configured address, which goes before it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProxyReport(
    boolean healthy,
    Connection connection,
    Map<String, List<String>> headers,
    String seenUrl,
    @Nullable String externalUrl,
    Advertised advertised,
    List<Problem> problems) {

  /**
   * The connection to us.
   *
   * @param peerAddress its other end: the last proxy, or the client itself
   * @param forwardingHeadersCount whether the other end is near enough to be believed
   * @param clientAddress the client's own address, for the log
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Connection(
      String peerAddress,
      boolean forwardingHeadersCount,
      String clientAddress,
      String scheme,
      String host) {}

  /**
   * What clients are told.
   *
   * @param realm where they get tokens
   * @param location how an upload's address begins; relative, so that they resolve it against the
   *     address that they know
   */
  record Advertised(String realm, String location) {
    static Advertised of(PublicUrl url) {
      return new Advertised(url.resolve("/service/token"), url.prefix() + "/v2/");
    }
  }

  static ProxyReport of(Examination examination, String clientAddress) {
    List<Problem> problems = ProxyDoctor.examine(examination);
    return new ProxyReport(
        problems.stream().noneMatch(Problem::isError),
        new Connection(
            examination.arrival().peer().orElse("unknown"),
            examination.arrival().isNear(),
            clientAddress,
            examination.arrival().scheme(),
            examination.arrival().host()),
        headers(examination),
        examination.seen().toString(),
        examination.configured().map(PublicUrl::toString).orElse(null),
        Advertised.of(examination.advertised()),
        problems);
  }

  private static Map<String, List<String>> headers(Examination examination) {
    Map<String, List<String>> shown = new LinkedHashMap<>();
    for (String name : Examination.PROXY_HEADERS) {
      if (examination.headers().contains(name)) {
        shown.put(name, examination.headers().getAll(name));
      }
    }
    return shown;
  }
}
