package io.orlop.testsupport.network;

import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.ClientTool;
import io.orlop.testsupport.clients.DockerDaemon;
import io.orlop.testsupport.clients.Endings;
import io.orlop.testsupport.clients.Folders;
import io.orlop.testsupport.clients.OwnedProcess;
import io.orlop.testsupport.clients.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A client's host with a Docker daemon and a server's host, joined by a cable. The daemon knows the
 * server by a name and trusts the authority of its certificate on the ports 443 and 8443; there is
 * no insecure registry, and nothing listens on port 80.
 */
public final class TwoHosts implements SharedServers.Server {

  /** The server's name. */
  public static final String HOST = "registry.orlop.test";

  private static final String SERVER_ADDRESS = "10.77.0.1";
  private static final String CLIENT_ADDRESS = "10.77.0.2";

  private final Endings endings;
  private final Path folder;
  private final NetworkNamespace server;
  private final NetworkNamespace client;
  private final Certificates certificates;
  private final DockerDaemon docker;

  private TwoHosts(Path folder, Endings endings) {
    this.folder = folder;
    this.endings = endings;
    server = add("server");
    client = add("client");
    NetworkNamespace.connect(server, SERVER_ADDRESS, client, CLIENT_ADDRESS);
    certificates = Certificates.make(folder.resolve("certificates"), HOST);
    docker =
        DockerDaemon.start(
            client.entering(),
            "127.0.0.1 localhost\n" + SERVER_ADDRESS + " " + HOST + "\n",
            Map.of(
                "certs.d/" + HOST + "/ca.crt", certificates.authorityText(),
                "certs.d/" + HOST + ":8443/ca.crt", certificates.authorityText()));
    endings.push(docker::close);
  }

  /** Sets the hosts up; where that fails nothing is left of them. */
  public static TwoHosts start() {
    ClientTool.requireRoot();
    Endings endings = new Endings();
    try {
      Path folder = Files.createTempDirectory("orlop-hosts-");
      endings.push(() -> Folders.delete(folder));
      return new TwoHosts(folder, endings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      endings.close();
      throw e;
    }
  }

  private NetworkNamespace add(String role) {
    String name = "orlop-%s-%d".formatted(role, ProcessHandle.current().pid());
    NetworkNamespace added = NetworkNamespace.add(name, folder);
    endings.push(added::delete);
    return added;
  }

  /** A Docker client of the daemon on the client's host. */
  public Client docker(Path home) {
    return docker.client(home);
  }

  /** A {@code curl} on the client's host, which knows the server and trusts its certificates. */
  public Client curl(Path home) {
    return client
        .client("curl", home)
        .with("--silent", "--show-error", "--cacert", certificates.authority().toString())
        .with("--resolve", HOST + ":443:" + SERVER_ADDRESS)
        .with("--resolve", HOST + ":8443:" + SERVER_ADDRESS);
  }

  /** Starts a server on the server's host and waits until it listens on all of its ports. */
  public OwnedProcess serve(
      List<String> command, Map<String, String> environment, Path log, List<Integer> ports) {
    return server
        .start(command, environment, log)
        .awaitReady(() -> ports.stream().allMatch(server::listens));
  }

  /** What stands before a command that shall run on the server's host. */
  List<String> enteringServer() {
    return server.entering();
  }

  Certificates certificates() {
    return certificates;
  }

  @Override
  public void close() {
    endings.close();
  }
}
