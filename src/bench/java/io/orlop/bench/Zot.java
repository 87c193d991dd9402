package io.orlop.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** zot, from a program that the caller brings: it is in no package registry. */
final class Zot extends Server {
  private static final Pattern COMMIT = Pattern.compile("\"commit\":\"([^\"]+)\"");

  private final Path program;
  private final boolean commits;

  Zot(String name, Path folder, Path program, boolean commits) throws IOException {
    super(name, folder);
    this.program = program;
    this.commits = commits;
  }

  @Override
  List<String> command() throws IOException {
    Path config = folder().resolve("config.json");
    Files.writeString(
        config,
        """
        {"distSpecVersion": "1.1.1",
         "storage": {"rootDirectory": "%s", "commit": %b},
         "http": {"address": "127.0.0.1", "port": "%d", "compat": ["docker2s2"]},
         "log": {"level": "error", "output": "%s"}}
        """
            .formatted(blobs(), commits, port(), folder().resolve("zot.log")));
    return List.of(program.toString(), "serve", config.toString());
  }

  @Override
  String version() throws IOException, InterruptedException {
    String version = Shell.output(program.toString(), "--version");
    Matcher commit = COMMIT.matcher(version);
    return commit.find() ? commit.group(1) : "built from its repository, unversioned";
  }

  @Override
  String durability() {
    return commits ? "storage.commit: the blob's file synced" : "its default: nothing synced";
  }

  @Override
  Path blobs() {
    return folder().resolve("data");
  }

  @Override
  void seedTags(String repository, int count) throws IOException {
    Seeds.pushImage(this, repository, "t000000");
    byte[] manifest = Seeds.manifest("seed");
    String digest = Payload.hex(Payload.sha256().digest(manifest));
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(
          "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"annotations\":{\"org.opencontainers.image.ref.name\":\"t%06d\"}}"
              .formatted(Seeds.MANIFEST_TYPE, digest, manifest.length, i));
    }
    Files.writeString(
        blobs().resolve(repository).resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}",
        StandardCharsets.UTF_8);
  }
}
