package io.orlop.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The servers that are at hand. */
final class Peers {
  private final Path home;
  private final Path folder;
  private final List<String> wanted;

  /**
   * Looks for them.
   *
   * @param home where Orlop's launcher is
   * @param folder where their data folders shall be
   * @param wanted which; empty for all
   */
  Peers(Path home, Path folder, List<String> wanted) {
    this.home = home;
    this.folder = folder;
    this.wanted = wanted;
  }

  /** Orlop and then its peers. */
  List<Server> all() throws IOException {
    List<Server> servers = new ArrayList<>();
    servers.add(new Orlop(folder.resolve("orlop"), home));
    Optional<Path> debian = program("docker-registry", "docker-registry");
    if (debian.isPresent()) {
      servers.add(
          new Distribution("docker-registry", folder.resolve("docker-registry"), debian.get()));
    }
    Optional<Path> third = program("distribution", "registry");
    if (third.isPresent()) {
      servers.add(new Distribution("distribution v3", folder.resolve("distribution"), third.get()));
    }
    String zot = System.getenv().getOrDefault("ORLOP_BENCH_ZOT", "");
    for (String name : zot.isEmpty() ? List.<String>of() : List.of("zot", "zot-commit")) {
      if (wanted.isEmpty() || wanted.contains(name)) {
        servers.add(new Zot(name, folder.resolve(name), Path.of(zot), name.equals("zot-commit")));
      }
    }
    Optional<Path> nginx = program("nginx", "nginx");
    if (nginx.isPresent()) {
      servers.add(new Nginx(folder.resolve("nginx"), nginx.get()));
    }
    return servers;
  }

  private Optional<Path> program(String peer, String name) {
    return wanted.isEmpty() || wanted.contains(peer) ? Shell.find(name) : Optional.empty();
  }
}
