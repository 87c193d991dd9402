package io.orlop.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import io.orlop.testsupport.network.DockerRoundTrip;
import io.orlop.testsupport.network.HostedRegistry;
import io.orlop.testsupport.network.Proxies;
import io.orlop.testsupport.network.ProxySample;
import io.orlop.testsupport.network.TwoHosts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of all proxies need: the two hosts, a registry and a way to start proxies. */
@ExtendWith(SharedServersExtension.class)
abstract class BehindProxy {

  final TwoHosts hosts;
  final HostedRegistry registry;
  final Proxies proxies;
  final DockerRoundTrip roundTrip;
  final Client curl;

  BehindProxy(SharedServers servers, Path folder) {
    hosts = servers.get(TwoHosts.class, TwoHosts::start);
    registry = servers.get(HostedRegistry.class, () -> HostedRegistry.start(hosts, Map.of()));
    proxies = new Proxies(hosts, folder);
    roundTrip = new DockerRoundTrip(hosts.docker(folder.resolve("home")), folder, registry);
    curl = hosts.curl(folder.resolve("home"));
  }

  /** A sample before the registry. */
  ProxySample sample(String file) {
    return ProxySample.named(file).before(registry.port());
  }

  /** Login, push and pull go well on a host, perhaps with a port, and the doctor finds no fault. */
  void works(String host) {
    roundTrip.succeeds(host);
    assertThat(doctor(host)).contains("\"healthy\":true");
  }

  /** What the doctor says about a request that comes through the proxies. */
  String doctor(String host) {
    String credentials = registry.user() + ":" + registry.password();
    String url = "https://" + host;
    return curl.succeeds("--user", credentials, url + "/api/v2.0/proxy-check?url=" + url).stdout();
  }
}
