package io.orlop.bench;

import java.util.Arrays;
import java.util.List;

/**
 * The rounds of one figure on one server.
 *
 * @param rounds how many there were
 */
record Statistics(double median, double min, double max, int rounds) {

  /** Summarises at least one value. */
  static Statistics of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("Nothing was measured");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Statistics(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }

  /** How often this median goes into another's: Orlop's share of a peer is {@code of(peer)}. */
  double ratioTo(Statistics other) {
    return median / other.median;
  }

  /** The value that a share of all values does not exceed: {@code share} 0.99 for the p99. */
  static long percentile(long[] values, double share) {
    if (values.length == 0) {
      throw new IllegalArgumentException("Nothing was measured");
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }
}
