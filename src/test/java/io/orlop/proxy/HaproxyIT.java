package io.orlop.proxy;

import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.network.ProxySample;
import io.orlop.testsupport.network.TwoHosts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HAProxy, which ends TLS. */
class HaproxyIT extends BehindProxy {

  private final ProxySample sample;

  HaproxyIT(SharedServers servers, @TempDir Path folder) {
    super(servers, folder);
    sample = sample("haproxy.cfg");
  }

  @Test
  void pushesAndPulls() {
    try (var _ = proxies.haproxy(sample, 443)) {
      works(TwoHosts.HOST);
    }
  }

  @Test
  void pushesAndPullsOnAnotherPort() {
    ProxySample onAnotherPort = sample.with("bind :443", "bind :8443");
    try (var _ = proxies.haproxy(onAnotherPort, 8443)) {
      works(TwoHosts.HOST + ":8443");
    }
  }
}
