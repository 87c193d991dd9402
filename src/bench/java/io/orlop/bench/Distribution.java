package io.orlop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The CNCF's registry: Debian's {@code docker-registry} (version 2), or version 3. */
final class Distribution extends Server {
  private static final String STORE = "docker/registry/v2/repositories";

  private final Path program;

  Distribution(String name, Path folder, Path program) throws IOException {
    super(name, folder);
    this.program = program;
  }

  @Override
  List<String> command() throws IOException {
    Path config = folder().resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log:
          level: error
          accesslog:
            disabled: true
        storage:
          filesystem:
            rootdirectory: %s
        http:
          addr: 127.0.0.1:%d
        """
            .formatted(folder().resolve("data"), port()));
    return List.of(program.toString(), "serve", config.toString());
  }

  @Override
  String version() throws IOException, InterruptedException {
    // "PROGRAM MODULE VERSION", of which the program is this machine's own path.
    String[] words = Shell.output(program.toString(), "--version").strip().split("\\s+", -1);
    return "distribution " + words[words.length - 1];
  }

  @Override
  String durability() {
    return "its default: the blob's file synced, its folder not";
  }

  @Override
  Path blobs() {
    return folder().resolve("data/docker/registry/v2/blobs");
  }

  @Override
  void seedTags(String repository, int count) throws IOException {
    Seeds.pushImage(this, repository, "t000000");
    Path tags =
        folder().resolve("data").resolve(STORE).resolve(repository).resolve("_manifests/tags");
    String link = Files.readString(tags.resolve("t000000/current/link"));
    for (int i = 1; i < count; i++) {
      Path current = tags.resolve("t%06d".formatted(i)).resolve("current");
      Files.createDirectories(current);
      Files.writeString(current.resolve("link"), link);
    }
  }
}
