package io.orlop.proxy;

import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.network.ProxySample;
import io.orlop.testsupport.network.TwoHosts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caddy, which ends TLS. */
class CaddyIT extends BehindProxy {

  private static final ProxySample SAMPLE = ProxySample.named("Caddyfile");

  CaddyIT(SharedServers servers, @TempDir Path folder) {
    super(servers, folder);
  }

  @Test
  void pushesAndPulls() {
    try (var _ = proxies.caddy(SAMPLE, 443)) {
      roundTrip.succeeds(TwoHosts.HOST);
    }
  }

  @Test
  void pushesAndPullsOnAnotherPort() {
    ProxySample onAnotherPort =
        SAMPLE.with("registry.example.com {", "registry.example.com:8443 {");
    try (var _ = proxies.caddy(onAnotherPort, 8443)) {
      roundTrip.succeeds(TwoHosts.HOST + ":8443");
    }
  }
}
