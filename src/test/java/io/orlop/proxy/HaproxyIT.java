package io.orlop.proxy;

import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.network.ProxySample;
import io.orlop.testsupport.network.TwoHosts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HAProxy, which ends TLS. */
class HaproxyIT extends BehindProxy {

  private static final ProxySample SAMPLE = ProxySample.named("haproxy.cfg");

  HaproxyIT(SharedServers servers, @TempDir Path folder) {
    super(servers, folder);
  }

  @Test
  void pushesAndPulls() {
    try (var _ = proxies.haproxy(SAMPLE, 443)) {
      roundTrip.succeeds(TwoHosts.HOST);
    }
  }

  @Test
  void pushesAndPullsOnAnotherPort() {
    ProxySample onAnotherPort = SAMPLE.with("bind :443", "bind :8443");
    try (var _ = proxies.haproxy(onAnotherPort, 8443)) {
      roundTrip.succeeds(TwoHosts.HOST + ":8443");
    }
  }
}
