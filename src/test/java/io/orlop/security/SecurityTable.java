package io.orlop.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tables in the test resources say. */
final class SecurityTable {
  /** The columns of the roles' table. */
  private static final List<String> COLUMNS =
      List.of("admin", "maintainer", "developer", "guest", "limitedGuest", "public");

  /** What the custom role of the test has, for the repositories of its pattern. */
  static final List<String> OF_CUSTOM_ROLE =
      List.of(
          "repository:list",
          "repository:read",
          "repository:pull",
          "repository:push",
          "artifact:list",
          "artifact:read",
          "artifact:delete",
          "tag:list",
          "tag:create");

  private final List<Operation> operations = lines("operations").map(Operation::parse).toList();
  private final Map<String, Set<String>> holders =
      lines("roles")
          .map(line -> line.split(" ", -1))
          .collect(Collectors.toMap(words -> words[0], SecurityTable::holders));
  private final Set<String> forRobots = lines("robots").collect(Collectors.toSet());
  private final Map<String, Trial> trials = readTrials();

  List<Operation> operations() {
    return operations;
  }

  /** Returns how an operation is tried; null if the table does not say. */
  @Nullable Trial trial(Operation operation) {
    return trials.get(operation.name());
  }

  /** Returns the names of the operations that the table says how to try. */
  Set<String> tried() {
    return trials.keySet();
  }

  /** Tells whether a robot account can be given what an operation takes. */
  boolean isForRobots(Operation operation) {
    return forRobots.contains((isOfSystem(operation) ? "system " : "project ") + operation.pair());
  }

  /** Tells whether what it takes is a right on the registry as a whole. */
  static boolean isOfSystem(Operation operation) {
    return operation.rule().equals("system") || operation.rule().equals("person-or-robot");
  }

  /** Tells whether a caller who is let in is shown it, or has an effect. */
  boolean shows(Operation operation, Trial trial, Caller caller, boolean isPublic) {
    return trial
        .line("to")
        .map(rule -> Operation.parse(operation.key() + " " + rule))
        .map(shown -> admits(shown, caller, isPublic))
        .orElse(true);
  }

  /** Tells whether a caller is to be let in. */
  boolean admits(Operation operation, Caller caller, boolean isPublic) {
    boolean administrator = caller == Caller.ADMINISTRATOR;
    boolean auditing = caller == Caller.AUDITOR && !operation.changes();
    return switch (operation.rule()) {
      case "anyone" -> true;
      case "signed-in" -> caller != Caller.ANONYMOUS;
      case "person" -> caller.isPerson();
      case "person-or-robot" -> caller.isPerson() || caller == Caller.ROBOT_WITH_THE_RIGHT;
      case "member" -> isPublic || caller.isMember();
      case "closed" -> false;
      case "administrator" -> administrator || auditing;
      case "project-administrator" ->
          administrator || auditing || caller == Caller.PROJECT_ADMINISTRATOR;
      case "system" -> administrator || auditing || caller == Caller.ROBOT_WITH_THE_RIGHT;
      case "signed-in-project", "signed-in-repository" ->
          caller != Caller.ANONYMOUS && inProject(operation, caller, isPublic);
      case "project", "repository" -> inProject(operation, caller, isPublic);
      default -> throw new IllegalArgumentException(operation.rule());
    };
  }

  private boolean inProject(Operation operation, Caller caller, boolean isPublic) {
    Set<String> having =
        Objects.requireNonNull(holders.get(operation.pair()), "no row for " + operation.pair());
    boolean byCaller =
        switch (caller) {
          case ADMINISTRATOR, ROBOT_WITH_THE_RIGHT -> true;
          case AUDITOR -> !operation.changes() && !operation.movesContent();
          case CUSTOM_INSIDE -> OF_CUSTOM_ROLE.contains(operation.pair());
          case CUSTOM_OUTSIDE ->
              OF_CUSTOM_ROLE.contains(operation.pair()) && !operation.rule().endsWith("repository");
          case ANONYMOUS, STRANGER, ROBOT_WITHOUT_THE_RIGHT -> false;
          case PROJECT_ADMINISTRATOR, MAINTAINER, DEVELOPER, GUEST, LIMITED_GUEST ->
              having.contains(caller.column());
        };
    return byCaller || (isPublic && having.contains("public"));
  }

  private static Set<String> holders(String[] words) {
    return COLUMNS.stream()
        .filter(column -> words[1 + COLUMNS.indexOf(column)].equals("Y"))
        .collect(Collectors.toSet());
  }

  private static Map<String, Trial> readTrials() {
    Map<String, Trial> trials = new LinkedHashMap<>();
    Trial trial = new Trial();
    for (String line : lines("effects").toList()) {
      if (line.startsWith(" ")) {
        trial.add(line.strip());
      } else {
        trial = new Trial();
        trials.put(Operation.parse(line + " any").name(), trial);
      }
    }
    return trials;
  }

  private static Stream<String> lines(String name) {
    Path file = Path.of("src", "test", "resources", "security", name + ".txt");
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
