package io.orlop.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an operation is tried, and what its success shows: a block of the table. */
final class Trial {
  private final Map<String, List<String>> lines = new HashMap<>();

  /** Adds a line below the operation. */
  void add(String line) {
    String[] words = line.split(" ", 2);
    lines.computeIfAbsent(words[0], _ -> new ArrayList<>()).add(words.length > 1 ? words[1] : "");
  }

  Optional<String> line(String word) {
    return all(word).stream().findFirst();
  }

  List<String> all(String word) {
    return lines.getOrDefault(word, List.of());
  }

  /** Returns what variables of the path stand for. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    for (String line : all("with")) {
      String[] words = line.split("=", 2);
      variables.put(words[0], words[1]);
    }
    return variables;
  }

  int success() {
    return line("answers").map(Integer::parseInt).orElse(200);
  }

  /** Returns the status for those who are signed in and may not. */
  int refusal() {
    return line("refuses").map(Integer::parseInt).orElse(403);
  }

  /** Tells whether it is about what belongs to the caller. */
  boolean isAboutCaller() {
    return lines.values().stream()
        .flatMap(List::stream)
        .anyMatch(line -> line.contains("{own_") || line.contains("{caller"));
  }

  boolean changesThePassword() {
    return line("body").orElse("").contains("old_password");
  }

  /** Tells whether there is anything to see before and after. */
  boolean hasEffect() {
    return line("reads").isPresent();
  }
}
