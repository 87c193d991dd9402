package io.orlop.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.network.ProxySample;
import io.orlop.testsupport.network.TwoHosts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One nginx, which ends TLS. */
class NginxIT extends BehindProxy {

  private final ProxySample sample;
  private final ProxySample on8443;

  NginxIT(SharedServers servers, @TempDir Path folder) {
    super(servers, folder);
    sample = sample("nginx.conf");
    on8443 = sample.with("listen 443", "listen 8443");
  }

  @Test
  void pushesAndPulls() {
    try (var _ = proxies.nginx(sample, 443)) {
      works(TwoHosts.HOST);
    }
  }

  @Test
  void pushesAndPullsOnAnotherPort() {
    try (var _ = proxies.nginx(on8443, 8443)) {
      works(TwoHosts.HOST + ":8443");
    }
  }

  @Test
  void pushesAndPullsOnAnotherPortThatOnlyItsOwnHeaderNames() {
    ProxySample withPort =
        on8443.with(
            "Host $http_host;", "Host $host; proxy_set_header X-Forwarded-Port $server_port;");
    try (var _ = proxies.nginx(withPort, 8443)) {
      works(TwoHosts.HOST + ":8443");
    }
  }

  @Test
  void theDoctorNamesAnotherPortThatTheProxyKeepsToItself() {
    try (var _ = proxies.nginx(on8443.with("Host $http_host;", "Host $host;"), 8443)) {
      assertThat(roundTrip.failsToLogIn(TwoHosts.HOST + ":8443").stderr())
          .contains("https://" + TwoHosts.HOST + "/service/token");
      assertThat(doctor(TwoHosts.HOST + ":8443")).contains("port-differs", "$http_host");
    }
  }
}
