package io.orlop.system.postgres;

import java.util.List;
import java.util.stream.Collectors;

/** PostgreSQL's settings. Given on its command line, where nothing in its data overrides them. */
final class Settings {
  private static final List<String> FIXED =
      List.of(
          // What was acknowledged survives a power cut.
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          // Reached from this machine only.
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "password_encryption=scram-sha-256",
          // A small machine shared with the Java process.
          "max_connections=64",
          "shared_buffers=32MB",
          "effective_cache_size=256MB",
          "maintenance_work_mem=32MB",
          "max_wal_size=512MB",
          "io_method=sync",
          "max_logical_replication_workers=0",
          "jit=off",
          "timezone=UTC",
          // Each file is bounded by its size, their number by LogFiles.
          "logging_collector=on",
          "log_directory=../log",
          "log_filename=postgresql-%Y%m%d-%H%M%S.log",
          "log_rotation_age=1d",
          "log_rotation_size=8MB",
          "log_timezone=UTC",
          "log_checkpoints=off",
          // The words that Orlop looks for are English.
          "lc_messages=C");

  private Settings() {}

  /** Returns the options for PostgreSQL's command line; no word needs quoting. */
  static String commandLine(int port) {
    return FIXED.stream().map(setting -> "-c " + setting).collect(Collectors.joining(" "))
        + " -c port="
        + port;
  }
}
