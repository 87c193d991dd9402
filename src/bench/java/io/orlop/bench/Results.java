package io.orlop.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that was measured, in the order in which it was first measured. */
final class Results {
  private final Map<Line, Map<String, List<Double>>> values = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<Note> notes = new LinkedHashSet<>();
  private final Set<Cell> unsupported = new HashSet<>();

  /**
   * A line of the page.
   *
   * @param row the load's name
   * @param figure what of it
   */
  record Line(String row, String figure, Unit unit) {}

  /**
   * Where a row and a server meet.
   *
   * @param row the row's name
   * @param server the server's name
   */
  record Cell(String row, String server) {}

  /** What a reader must know of the figures of a cell. */
  record Note(Cell cell, String text) {}

  void add(String row, String server, Figure figure) {
    values
        .computeIfAbsent(new Line(row, figure.name(), figure.unit()), _ -> new LinkedHashMap<>())
        .computeIfAbsent(server, _ -> new ArrayList<>())
        .add(figure.value());
  }

  void addFailure(String row, String server, String reason) {
    failures.add(row + ", " + server + ": " + reason);
  }

  void addNote(String row, String server, String text) {
    notes.add(new Note(new Cell(row, server), text));
  }

  void addUnsupported(String row, String server) {
    unsupported.add(new Cell(row, server));
  }

  List<Note> notes() {
    return List.copyOf(notes);
  }

  boolean isUnsupported(String row, String server) {
    return unsupported.contains(new Cell(row, server));
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
