package io.orlop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole push and pull by Docker; most of the time is Docker's own. */
final class DockerRows implements AutoCloseable {
  private static final int LAYERS = 20;
  private static final int LAYER_BYTES = 4 * 1024 * 1024;

  /** Nearly all of a pull is Docker's own work, whose time varies more than what servers add. */
  private static final int PULLS = 7;

  private final Path folder;
  private Optional<DockerDaemon> daemon = Optional.empty();
  private int serial;

  DockerRows(Path folder) {
    this.folder = folder;
  }

  List<Row> all() {
    return List.of(
        new Row(
                "docker push and pull of an image of 20 layers of 4 MiB",
                server -> server.isRegistry() && DockerDaemon.isPossible(),
                false,
                (server, _) -> roundTrip(server, PULLS))
            // More pulls would make it longer, and the server no warmer.
            .warmedBy((server, _) -> roundTrip(server, 1)));
  }

  @Override
  public void close() throws IOException {
    if (daemon.isPresent()) {
      daemon.get().close();
    }
  }

  private List<Figure> roundTrip(Server server, int pulls)
      throws IOException, InterruptedException {
    if (daemon.isEmpty()) {
      daemon = Optional.of(DockerDaemon.start(folder));
    }
    DockerDaemon docker = daemon.get();
    String registry = "127.0.0.1:" + server.port();
    String image = registry + "/library/docker:r" + serial++;
    if (server instanceof Orlop) {
      docker.docker("login", "-u", "admin", "-p", Orlop.PASSWORD, registry);
    }
    Path archive = folder.resolve("image.tar");
    ImageArchive.write(archive, image, LAYERS, LAYER_BYTES);
    docker.docker("load", "-i", archive.toString());
    Files.delete(archive);
    Machine.sync(folder);
    long begun = System.nanoTime();
    docker.docker("push", image);
    double pushed = Server.secondsSince(begun);
    docker.docker("rmi", image);
    List<Double> pulled = new ArrayList<>();
    for (int i = 0; i < pulls; i++) {
      Machine.sync(folder);
      begun = System.nanoTime();
      docker.docker("pull", image);
      pulled.add(Server.secondsSince(begun));
      docker.docker("rmi", image);
    }
    return List.of(
        new Figure("push", Unit.SECONDS, pushed),
        new Figure("pull", Unit.SECONDS, Statistics.of(pulled).median()));
  }
}
