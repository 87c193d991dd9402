package io.orlop.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What we aim at in one figure.
 *
 * @param row the row's name
 * @param figure the figure of it
 * @param goals what all must hold
 */
record Target(String row, String figure, List<Goal> goals) {

  /** One condition. */
  sealed interface Goal {}

  /** At least or, where less is better, at most this. */
  record Absolute(double bound) implements Goal {}

  /**
   * So many times what the best of these servers has, or better; the ones that were not measured do
   * not count.
   */
  record Relative(double factor, List<String> servers) implements Goal {}

  /** At least this share of the slower of what the disk and one core's SHA-256 can do. */
  record OfMachine(double share) implements Goal {}

  /** At most so many times another row's figure of the same server. */
  record OfRow(double factor, String row) implements Goal {}

  /** What came of it; empty where it was not measured. */
  Optional<Boolean> met(Results results, String server) {
    Optional<Statistics> own = find(results, row, server);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    List<Optional<Boolean>> all =
        goals.stream().map(goal -> met(goal, results, own.get().median())).toList();
    if (all.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(all.stream().allMatch(Optional::get));
  }

  /** The goals in words. */
  String words(Results results) {
    boolean more = higherIsBetter(results);
    return goals.stream().map(goal -> words(goal, more)).collect(Collectors.joining("; "));
  }

  private Optional<Boolean> met(Goal goal, Results results, double value) {
    boolean more = higherIsBetter(results);
    OptionalDouble bound =
        switch (goal) {
          case Absolute(double absolute) -> OptionalDouble.of(absolute);
          case Relative(double factor, List<String> servers) ->
              scaled(factor, best(results, servers, more));
          case OfMachine(double share) ->
              scaled(
                  share,
                  servers(results, Baseline.ROW, List.of(Baseline.DISK, Baseline.SHA256)).min());
          case OfRow(double factor, String other) ->
              scaled(factor, servers(results, other, List.of("Orlop")).max());
        };
    return bound.isEmpty()
        ? Optional.empty()
        : Optional.of(more ? value >= bound.getAsDouble() : value <= bound.getAsDouble());
  }

  private static String words(Goal goal, boolean more) {
    String sign = more ? "≥ " : "≤ ";
    return switch (goal) {
      case Absolute(double bound) -> sign + Page.number(bound);
      case Relative(double factor, List<String> servers) ->
          sign + Page.number(factor) + " × the best of " + String.join(", ", servers);
      case OfMachine(double share) ->
          sign + Page.number(share) + " × dd with conv=fsync or SHA-256, whichever is slower";
      case OfRow(double factor, String other) -> sign + Page.number(factor) + " × " + other;
    };
  }

  private static OptionalDouble scaled(double factor, OptionalDouble value) {
    return value.isEmpty() ? value : OptionalDouble.of(factor * value.getAsDouble());
  }

  private OptionalDouble best(Results results, List<String> servers, boolean more) {
    return more ? servers(results, row, servers).max() : servers(results, row, servers).min();
  }

  private DoubleStream servers(Results results, String ofRow, List<String> servers) {
    return servers.stream()
        .flatMap(server -> find(results, ofRow, server).stream())
        .mapToDouble(Statistics::median);
  }

  /** What a server reached. */
  Optional<Statistics> find(Results results, String server) {
    return find(results, row, server);
  }

  private Optional<Statistics> find(Results results, String ofRow, String server) {
    return results.lines().stream()
        .filter(line -> line.row().equals(ofRow) && line.figure().equals(figure))
        .findFirst()
        .flatMap(line -> results.get(line, server));
  }

  private boolean higherIsBetter(Results results) {
    return results.lines().stream()
        .filter(line -> line.row().equals(row) && line.figure().equals(figure))
        .anyMatch(line -> line.unit().higherIsBetter());
  }
}
