package io.orlop.system.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What PostgreSQL logs: a few files of at most 8 MiB each, and one of its last start. */
final class LogFiles {
  private static final int KEPT = 8;
  private static final int TAIL_LINES = 15;

  private final Path folder;
  private Instant attempt = Instant.EPOCH;

  LogFiles(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
  }

  /** Returns where the files are. */
  Path folder() {
    return folder;
  }

  /** Returns the file for what PostgreSQL says before its own log works. */
  Path startLog() {
    return folder.resolve("start.log");
  }

  /** Deletes the oldest files. */
  void prune() throws IOException {
    List<Path> files = byAge();
    for (Path file : files.subList(0, Math.max(0, files.size() - KEPT))) {
      Files.deleteIfExists(file);
    }
  }

  /** Notes that PostgreSQL is about to be started. */
  void beginAttempt() throws IOException {
    Files.deleteIfExists(startLog());
    attempt = Instant.now();
  }

  /** Returns the last that PostgreSQL said since the attempt to start it began. */
  String tail() throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(startLog())) {
      lines.addAll(Files.readAllLines(startLog()));
    }
    for (Path file : byAge()) {
      if (Files.getLastModifiedTime(file).toInstant().isAfter(attempt)) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  private List<Path> byAge() throws IOException {
    List<Path> files = new ArrayList<>();
    try (var children = Files.newDirectoryStream(folder, "postgresql-*.log")) {
      children.forEach(files::add);
    }
    Collections.sort(files);
    return files;
  }
}
