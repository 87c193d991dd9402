package io.orlop.bench;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * A disk that writes slowly for one server alone: a control group of the kernel with a limit on
 * what its processes write. Needs root.
 */
final class SlowDisk implements AutoCloseable {
  static final long BYTES_PER_SECOND = 20 * Seeds.MIB;

  private static final int CLOSE_TRIES = 100;

  private static final Path FIRST = Path.of("/sys/fs/cgroup/blkio");
  private static final Path SECOND = Path.of("/sys/fs/cgroup");
  private static final String LIMIT_OF_FIRST = "blkio.throttle.write_bps_device";

  private final Path parent;
  private final Path group;
  private final List<Long> processes;

  private SlowDisk(Path parent, Path group, List<Long> processes) {
    this.parent = parent;
    this.group = group;
    this.processes = processes;
  }

  static boolean isPossible() {
    return "root".equals(System.getProperty("user.name")) && (isFirst() || isSecond());
  }

  /** Slows a server's writes until it is closed. */
  static SlowDisk under(Server server) throws IOException, InterruptedException {
    Path parent = isFirst() ? FIRST : SECOND;
    Path group = parent.resolve("orlop-bench-" + ProcessHandle.current().pid());
    SlowDisk slow = new SlowDisk(parent, group, ProcessTree.of(server.roots()));
    Files.createDirectories(group);
    String device = device(server.folder());
    if (isFirst()) {
      Files.writeString(group.resolve(LIMIT_OF_FIRST), device + " " + BYTES_PER_SECOND);
    } else {
      Files.writeString(group.resolve("io.max"), device + " wbps=" + BYTES_PER_SECOND);
    }
    slow.move(group);
    return slow;
  }

  @Override
  public void close() throws IOException {
    // Those who were started meanwhile are here too, and the kernel forgets the ended a little
    // later.
    for (int i = 0; i < CLOSE_TRIES; i++) {
      for (String id : Files.readAllLines(group.resolve("cgroup.procs"))) {
        move(parent, Long.parseLong(id));
      }
      try {
        Files.delete(group);
        return;
      } catch (FileSystemException e) {
        LockSupport.parkNanos(100_000_000);
      }
    }
    throw new IOException(group + " cannot be deleted");
  }

  private void move(Path to) throws IOException {
    for (long id : processes) {
      move(to, id);
    }
  }

  private static void move(Path to, long id) throws IOException {
    try {
      Files.writeString(to.resolve("cgroup.procs"), Long.toString(id));
    } catch (IOException e) {
      if (ProcessHandle.of(id).isPresent()) {
        throw e;
      }
    }
  }

  private static boolean isFirst() {
    return Files.exists(FIRST.resolve("cgroup.procs"));
  }

  private static boolean isSecond() {
    try {
      return Files.readString(SECOND.resolve("cgroup.subtree_control")).contains("io");
    } catch (IOException e) {
      return false;
    }
  }

  /** The whole disk under a folder: limits are not for partitions. */
  static String device(Path folder) throws IOException, InterruptedException {
    String[] parts = Shell.output("stat", "-c", "%Hd:%Ld", folder.toString()).split(":", -1);
    String number = String.format(Locale.ROOT, "%s:%s", parts[0], parts[1]);
    Path block = Path.of("/sys/dev/block", number);
    return Files.exists(block.resolve("partition"))
        ? Files.readString(block.toRealPath().resolveSibling("dev")).strip()
        : number;
  }
}
