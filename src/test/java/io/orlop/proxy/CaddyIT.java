package io.orlop.proxy;

import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.network.ProxySample;
import io.orlop.testsupport.network.TwoHosts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caddy, which ends TLS. */
class CaddyIT extends BehindProxy {

  private final ProxySample sample;

  CaddyIT(SharedServers servers, @TempDir Path folder) {
    super(servers, folder);
    sample = sample("Caddyfile");
  }

  @Test
  void pushesAndPulls() {
    try (var _ = proxies.caddy(sample, 443)) {
      works(TwoHosts.HOST);
    }
  }

  @Test
  void pushesAndPullsOnAnotherPort() {
    ProxySample onAnotherPort =
        sample.with("registry.example.com {", "registry.example.com:8443 {");
    try (var _ = proxies.caddy(onAnotherPort, 8443)) {
      works(TwoHosts.HOST + ":8443");
    }
  }
}
