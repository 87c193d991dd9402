package io.orlop.system.command;

import io.orlop.system.bootstrap.UsageException;
import picocli.CommandLine.Option;

/** The flag that says how many blobs are worked on at once. */
final class ParallelFlag {
  private static final int MOST = 64;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many blobs at once (1 to 64; ${DEFAULT-VALUE}).")
  private int blobs;

  int blobs() {
    if (blobs < 1 || blobs > MOST) {
      throw new UsageException("--parallel must be from 1 to " + MOST + ", not " + blobs);
    }
    return blobs;
  }
}
