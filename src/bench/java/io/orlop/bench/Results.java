package io.orlop.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that was measured, in the order in which it was first measured. */
final class Results {
  private final Map<Line, Map<String, List<Double>>> values = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * A line of the page.
   *
   * @param row the load's name
   * @param figure what of it
   */
  record Line(String row, String figure, Unit unit) {}

  void add(String row, String server, Figure figure) {
    values
        .computeIfAbsent(new Line(row, figure.name(), figure.unit()), _ -> new LinkedHashMap<>())
        .computeIfAbsent(server, _ -> new ArrayList<>())
        .add(figure.value());
  }

  void addFailure(String row, String server, String reason) {
    failures.add(row + ", " + server + ": " + reason);
  }

  List<Line> lines() {
    return List.copyOf(values.keySet());
  }

  Optional<Statistics> get(Line line, String server) {
    return Optional.ofNullable(values.get(line))
        .map(servers -> servers.get(server))
        .map(Statistics::of);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }
}
