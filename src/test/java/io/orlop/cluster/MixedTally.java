package io.orlop.cluster;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Counts what clients lived through, and what the replica was going through meanwhile. */
final class MixedTally {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Collection<String> errors = new ConcurrentLinkedQueue<>();
  private volatile String phase = "calm";

  /** Says what begins now: {@code calm}, {@code stop} or {@code kill}. */
  void phase(String begins) {
    phase = begins;
  }

  /** Counts one. */
  void count(String what) {
    counts.computeIfAbsent(what, _ -> new LongAdder()).increment();
  }

  /** Counts a request that a client sends again. */
  void retry(String method, String why) {
    count("retried during " + phase + ": " + method + " " + why);
  }

  /** Notes what a client's retry did not cover. */
  void error(String what) {
    errors.add(phase + ": " + what);
  }

  /** Returns what no retry covered. */
  Collection<String> errors() {
    return errors;
  }

  /** Returns one count. */
  long of(String what) {
    LongAdder count = counts.get(what);
    return count == null ? 0 : count.sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(counts)
        .forEach((what, count) -> text.append("%8d  %s%n".formatted(count.sum(), what)));
    return text.append("%8d  errors%n".formatted(errors.size())).toString();
  }
}
