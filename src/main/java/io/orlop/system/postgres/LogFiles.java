package io.orlop.system.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What PostgreSQL logs: a few files of at most 8 MiB each, and one of its last start. */
final class LogFiles {
  private static final int KEPT = 8;
  private static final int TAIL_LINES = 15;

  private final Path folder;

  LogFiles(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    Files.deleteIfExists(startLog());
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

  /** Returns what PostgreSQL said last. */
  String tail() throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(startLog())) {
      lines.addAll(Files.readAllLines(startLog()));
    }
    List<Path> files = byAge();
    if (!files.isEmpty()) {
      lines.addAll(Files.readAllLines(files.getLast()));
    }
    int from = Math.max(0, lines.size() - TAIL_LINES);
    return String.join("\n", lines.subList(from, lines.size())) + "\n";
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
