package io.orlop.bench;

/** What a figure counts, and which way is better. */
enum Unit {
  REQUESTS_PER_SECOND("req/s", true),
  MIB_PER_SECOND("MiB/s", true),
  CPU_SECONDS_PER_GIB("CPU-s/GiB", false),
  CPU_MICROSECONDS_PER_REQUEST("CPU-µs/req", false),
  MILLISECONDS("ms", false),
  SECONDS("s", false),
  MIB("MiB", false);

  private final String symbol;
  private final boolean higherIsBetter;

  Unit(String symbol, boolean higherIsBetter) {
    this.symbol = symbol;
    this.higherIsBetter = higherIsBetter;
  }

  String symbol() {
    return symbol;
  }

  boolean higherIsBetter() {
    return higherIsBetter;
  }
}
