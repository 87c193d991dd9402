package io.orlop.bench;

/** What a figure counts, and which way is better. */
enum Unit {
  REQUESTS_PER_SECOND("req/s", true),
  MIB_PER_SECOND("MiB/s", true),
  CPU_SECONDS_PER_GIB("CPU-s/GiB", false),
  CPU_MICROSECONDS_PER_REQUEST("CPU-µs/req", false),
  MILLISECONDS("ms", false),
  SECONDS("s", false),
  MIB("MiB", false),

  /** Tells that a disk was as slow as was meant; more of it is nobody's merit. */
  MIB_PER_SECOND_OF_A_SLOW_DISK("MiB/s", true);

  private final String symbol;
  private final boolean higherIsBetter;

  Unit(String symbol, boolean higherIsBetter) {
    this.symbol = symbol;
    this.higherIsBetter = higherIsBetter;
  }

  /** Tells whether one server can be ahead of another in it. */
  boolean isCompared() {
    return this != MIB_PER_SECOND_OF_A_SLOW_DISK;
  }

  String symbol() {
    return symbol;
  }

  boolean higherIsBetter() {
    return higherIsBetter;
  }
}
