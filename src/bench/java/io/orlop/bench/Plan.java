package io.orlop.bench;

import java.util.Locale;

/**
 * Shares out the time: how long a sample of a round takes follows from what is left of all minutes
 * and from what the rounds before took besides their samples.
 */
final class Plan {
  private static final double LEAST_SECONDS = 1;
  private static final double MOST_SECONDS = 4;

  /**
   * What a sample takes besides, in seconds, on the machine that this was written on: warming up,
   * waiting for calm, emptying what was pushed.
   */
  private static final double BESIDES = 3;

  private final double minutes;
  private final int rounds;
  private final long begun = System.nanoTime();
  private final int samplesOfRound;
  private double besides;
  private double seconds;
  private long roundBegun;
  private int done;

  /**
   * A plan.
   *
   * @param samplesOfRound how many times in a round a server is measured
   * @param minutes how long all may take
   */
  Plan(int samplesOfRound, int rounds, double minutes) {
    this.samplesOfRound = samplesOfRound;
    this.rounds = rounds;
    this.minutes = minutes;
    this.besides = BESIDES * samplesOfRound;
  }

  /** Begins a round and returns how many seconds its samples take. */
  double beginRound(int round) {
    roundBegun = System.nanoTime();
    double left = minutes * 60 - Server.secondsSince(begun);
    double perSample = (left / (rounds - round) - besides) / samplesOfRound;
    seconds = Math.clamp(perSample, LEAST_SECONDS, MOST_SECONDS);
    return seconds;
  }

  /** Ends a round. */
  void endRound() {
    besides = Math.max(0, Server.secondsSince(roundBegun) - seconds * samplesOfRound);
  }

  /** Counts a sample and says in few words how far we are. */
  String progress() {
    done++;
    double gone = Server.secondsSince(begun);
    double share = Math.clamp((double) done / samplesOfRound / rounds, 0.001, 1);
    return String.format(
        Locale.ROOT,
        "%3.0f %% %4.1f min, some %.0f to go",
        share * 100,
        gone / 60,
        gone * (1 - share) / share / 60);
  }
}
