package io.orlop.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What processes and their descendants take of the machine, as Linux counts it. */
final class ProcessTree {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TIME = 11;
  private static final int TIMES = 4;

  private ProcessTree() {}

  /** The processes with these ids and their descendants. */
  static List<Long> of(List<Long> roots) {
    return roots.stream()
        .flatMap(id -> ProcessHandle.of(id).stream())
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .map(ProcessHandle::pid)
        .distinct()
        .toList();
  }

  /** The CPU time so far, that of ended and buried children included. */
  static double cpuSeconds(List<Long> roots) throws IOException {
    long ticks = 0;
    for (long id : of(roots)) {
      ticks += ticks(id);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** The proportional set size: pages that several share count once. */
  static double pssMib(List<Long> roots) throws IOException {
    long kib = 0;
    for (long id : of(roots)) {
      kib += pssKib(id);
    }
    return kib / 1024.0;
  }

  private static long ticks(long id) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + id + "/stat"), StandardCharsets.ISO_8859_1);
      // After the name, which may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long sum = 0;
      for (int i = USER_TIME; i < USER_TIME + TIMES; i++) {
        sum += Long.parseLong(fields[i]);
      }
      return sum;
    } catch (NoSuchFileException e) {
      // It has ended between the list and the look; its parent counts its time.
      return 0;
    }
  }

  private static long pssKib(long id) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + id + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
          .sum();
    } catch (NoSuchFileException | java.io.UncheckedIOException e) {
      return 0;
    }
  }
}
