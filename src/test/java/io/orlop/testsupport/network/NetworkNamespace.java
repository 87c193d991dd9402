package io.orlop.testsupport.network;

import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.OwnedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A network of its own for some processes, which otherwise see the machine as it is.
 *
 * @param name the name by which {@code ip netns} knows it
 * @param home a folder for the programs that are run
 */
record NetworkNamespace(String name, Path home) {

  /** Joins two namespaces by a cable. */
  static void connect(
      NetworkNamespace left, String leftAddress, NetworkNamespace right, String rightAddress) {
    ip(left.home)
        .succeeds(
            "link",
            "add",
            "eth0",
            "netns",
            left.name,
            "type",
            "veth",
            "peer",
            "name",
            "eth0",
            "netns",
            right.name);
    left.plug(leftAddress);
    right.plug(rightAddress);
  }

  static NetworkNamespace add(String name, Path home) {
    ip(home).succeeds("netns", "add", name);
    return new NetworkNamespace(name, home);
  }

  private void plug(String address) {
    Client here = ip(home).with("-n", name);
    here.succeeds("address", "add", address + "/24", "dev", "eth0");
    here.succeeds("link", "set", "lo", "up");
    here.succeeds("link", "set", "eth0", "up");
  }

  void delete() {
    ip(home).succeeds("netns", "delete", name);
  }

  /** What stands before a command that shall run in here. */
  List<String> entering() {
    return List.of("nsenter", "--net=/run/netns/" + name);
  }

  /** A program that runs in here and ends. */
  Client client(String program, Path programHome) {
    // Not "ip netns exec": that hides the control groups, without which dockerd does not start.
    return Client.required("nsenter", programHome).with("--net=/run/netns/" + name, program);
  }

  /** A server that runs in here. */
  OwnedProcess start(List<String> command, Map<String, String> environment, Path log) {
    List<String> line = Stream.concat(entering().stream(), command.stream()).toList();
    return OwnedProcess.start(new ArrayList<>(line), environment, log);
  }

  /** Whether something listens on a port of this namespace. */
  boolean listens(int port) {
    String filter = "sport = :" + port;
    return !client("ss", home).succeeds("-H", "-l", "-t", "-n", filter).text().isEmpty();
  }

  private static Client ip(Path home) {
    return Client.required("ip", home);
  }
}
