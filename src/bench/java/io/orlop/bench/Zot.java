package io.orlop.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** zot, from a program that the caller brings: it is in no package registry. */
final class Zot extends Server {
  private static final Pattern COMMIT = Pattern.compile("\"commit\":\"([^\"]+)\"");
  private static final Pattern REVISION = Pattern.compile("vcs\\.revision=(\\S+)");
  private static final Pattern MODULE = Pattern.compile("\\smod\\s+(\\S+)\\s+(\\S+)");
  private static final Pattern COMPILER = Pattern.compile("(go\\d\\S*)");

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
    return commit.find() ? commit.group(1) : byGo(buildInformation());
  }

  /** What Go remembers of how it built a program; empty where there is no Go. */
  private String buildInformation() throws InterruptedException {
    Optional<Path> go = Shell.find("go");
    try {
      return go.isEmpty()
          ? ""
          : Shell.output(go.get().toString(), "version", "-m", program.toString())
              // The program's path is this machine's own.
              .replace(program + ":", "");
    } catch (IOException e) {
      // No program of Go's.
      return "";
    }
  }

  /** The version in the words of {@code go version -m}. */
  static String byGo(String information) {
    Matcher module = MODULE.matcher(information);
    if (!module.find()) {
      return "built from its repository, version unknown";
    }
    Matcher revision = REVISION.matcher(information);
    Matcher compiler = COMPILER.matcher(information);
    String by = compiler.find() ? ", " + compiler.group(1) : "";
    if (revision.find()) {
      return "commit " + revision.group(1) + by;
    }
    boolean isRelease = !module.group(2).equals("(devel)");
    return module.group(1)
        + (isRelease ? " " + module.group(2) : ", its build names no commit")
        + by;
  }

  @Override
  String durability() {
    return commits
        ? "storage.commit: the blob's file synced, its folder not"
        : "its default: nothing synced";
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
