package io.orlop.testsupport.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Docker daemon with its own containerd, folders and {@code /etc/docker}; it has no bridge and
 * changes no firewall. It runs no containers: it pushes and pulls.
 *
 * <p>It lives in a mount namespace, so its overlay mounts go when it goes.
 */
public final class DockerDaemon implements SharedServers.Server {

  /** Binds the folder of configuration and the file of host names, then becomes the daemon. */
  private static final String IN_NAMESPACE =
      """
      set -e
      mount --bind "$1" /etc/docker
      mount --bind "$2" /etc/hosts
      shift 2
      exec "$@"
      """;

  private final Path folder;
  private final Path socket;
  private final OwnedProcess process;

  private DockerDaemon(Path folder, Path socket, OwnedProcess process) {
    this.folder = folder;
    this.socket = socket;
    this.process = process;
  }

  /** Starts a daemon in the network of the machine. */
  public static DockerDaemon start() {
    return start(List.of(), "127.0.0.1 localhost\n", Map.of());
  }

  /**
   * Starts a daemon.
   *
   * @param entering the command that enters the network namespace that it shall live in
   * @param hosts its {@code /etc/hosts}
   * @param configuration the files of its {@code /etc/docker}, by their paths in there
   */
  public static DockerDaemon start(
      List<String> entering, String hosts, Map<String, String> configuration) {
    ClientTool.requireRoot();
    ClientTool dockerd = ClientTool.required("dockerd");
    try {
      // Short, since the path of a Unix socket has an upper limit of 107 bytes.
      Path folder = Files.createTempDirectory(Path.of("/tmp"), "orlop-dockerd-");
      Files.writeString(folder.resolve("hosts"), hosts, StandardCharsets.UTF_8);
      for (Map.Entry<String, String> file : configuration.entrySet()) {
        Path path = folder.resolve("etc").resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue(), StandardCharsets.UTF_8);
      }
      return start(dockerd, entering, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DockerDaemon start(ClientTool dockerd, List<String> entering, Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("etc"));
    Path socket = folder.resolve("docker.sock");
    Path log = folder.resolve("dockerd.log");
    List<String> command = new ArrayList<>(entering);
    command.addAll(List.of("unshare", "--mount", "sh", "-c", IN_NAMESPACE, "sh"));
    command.addAll(List.of(folder.resolve("etc").toString(), folder.resolve("hosts").toString()));
    command.add(dockerd.executable().toString());
    command.addAll(List.of("--data-root", folder.resolve("data").toString()));
    command.addAll(List.of("--exec-root", folder.resolve("exec").toString()));
    command.addAll(List.of("--pidfile", folder.resolve("docker.pid").toString()));
    command.addAll(List.of("--host", "unix://" + socket, "--iptables=false", "--bridge=none"));
    command.add("--storage-driver=overlay2");
    OwnedProcess process = OwnedProcess.start(command, Map.of(), log);
    if (!process.becomesReady(() -> answers(socket))) {
      process.close();
      // No overlay on overlay: a machine that is a container itself.
      command.set(command.size() - 1, "--storage-driver=vfs");
      process = OwnedProcess.start(command, Map.of(), log).awaitReady(() -> answers(socket));
    }
    return new DockerDaemon(folder, socket, process);
  }

  /** A Docker client of this daemon with its own credentials. */
  public Client client(Path home) {
    return Client.required("docker", home).withEnvironment("DOCKER_HOST", "unix://" + socket);
  }

  /** A {@code ctr} client of this daemon's containerd. */
  public Client containerdClient(Path home) {
    Path containerd = folder.resolve("exec").resolve("containerd").resolve("containerd.sock");
    return Client.required("ctr", home).with("--address", containerd.toString());
  }

  /** What the daemon wrote so far. */
  public String log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
    Folders.delete(folder);
  }

  private static boolean answers(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }
}
