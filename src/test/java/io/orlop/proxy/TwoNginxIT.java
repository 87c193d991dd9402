package io.orlop.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.network.DockerRoundTrip;
import io.orlop.testsupport.network.HostedRegistry;
import io.orlop.testsupport.network.ProxySample;
import io.orlop.testsupport.network.TwoHosts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An nginx that ends TLS before another one that speaks to Orlop. */
class TwoNginxIT extends BehindProxy {

  private static final int INNER_PORT = 8081;
  private static final ProxySample OUTER = ProxySample.named("nginx.conf").before(INNER_PORT);
  private static final String PASSING_ON = "X-Forwarded-Proto $scheme_of_the_client;";
  private static final String OVERWRITING = "X-Forwarded-Proto $scheme;";
  private static final String APPENDING = "X-Forwarded-Proto \"$scheme_of_the_client, $scheme\";";

  private final Path folder;
  private final ProxySample inner;

  TwoNginxIT(SharedServers servers, @TempDir Path folder) {
    super(servers, folder);
    this.folder = folder;
    inner = sample("nginx-inner.conf");
  }

  @Test
  void pushesAndPullsWhereTheInnerOnePassesTheSchemeOn() {
    try (var _ = proxies.nginx(OUTER, 443);
        var _ = proxies.nginx(inner, INNER_PORT)) {
      works(TwoHosts.HOST);
    }
  }

  @Test
  void pushesAndPullsWhereTheInnerOneAppendsItsOwnScheme() {
    try (var _ = proxies.nginx(OUTER, 443);
        var _ = proxies.nginx(inner.with(PASSING_ON, APPENDING), INNER_PORT)) {
      works(TwoHosts.HOST);
    }
  }

  @Test
  void theDoctorNamesAnInnerOneThatOverwritesTheScheme() {
    try (var _ = proxies.nginx(OUTER, 443);
        var _ = proxies.nginx(overwriting(registry.port()), INNER_PORT)) {
      assertThat(roundTrip.failsToLogIn(TwoHosts.HOST).stderr())
          .contains("http://" + TwoHosts.HOST + "/service/token");
      assertThat(doctor(TwoHosts.HOST))
          .contains(
              "scheme-differs",
              "X-Forwarded-Proto is http",
              "$http_x_forwarded_proto",
              "ORLOP_HTTP_EXTERNAL_URL=https://" + TwoHosts.HOST);
    }
  }

  @Test
  void theExternalUrlCuresAnInnerOneThatOverwritesTheScheme() {
    Map<String, String> cure = Map.of("ORLOP_HTTP_EXTERNAL_URL", "https://" + TwoHosts.HOST);
    try (var cured = HostedRegistry.start(hosts, cure);
        var _ = proxies.nginx(OUTER, 443);
        var _ = proxies.nginx(overwriting(cured.port()), INNER_PORT)) {
      new DockerRoundTrip(hosts.docker(folder.resolve("home")), folder, cured)
          .succeeds(TwoHosts.HOST);
    }
  }

  private static ProxySample overwriting(int port) {
    return ProxySample.named("nginx-inner.conf").before(port).with(PASSING_ON, OVERWRITING);
  }
}
