package io.orlop.api;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The operations of Harbor's API. A client that asks for one that is not served learns so, instead
 * of wondering whether its path is wrong.
 *
 * @see <a
 *     href="https://github.com/goharbor/harbor/blob/v2.15.2/api/v2.0/swagger.yaml">swagger.yaml</a>
 */
@ApplicationScoped
class HarborContract {
  private static final String LIST = "/harbor-operations.txt";
  private static final String BASE = "/api/v2.0";

  private final List<Operation> operations = read();

  /** What the contract knows of a request. */
  enum Match {
    /** The operation. */
    OPERATION,
    /** The path, with other methods. */
    PATH,
    /** Neither. */
    NOTHING
  }

  Match find(String method, String path) {
    if (!path.startsWith(BASE + "/")) {
      return Match.NOTHING;
    }
    List<String> segments = segments(path.substring(BASE.length()));
    List<Operation> there =
        operations.stream().filter(operation -> operation.at(segments)).toList();
    if (there.isEmpty()) {
      return Match.NOTHING;
    }
    return there.stream().anyMatch(operation -> operation.method().equals(method))
        ? Match.OPERATION
        : Match.PATH;
  }

  private static List<Operation> read() {
    try (InputStream in = HarborContract.class.getResourceAsStream(LIST)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .map(parts -> new Operation(parts[0], segments(parts[1])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A slash at the end makes no difference: clients disagree with the contract about it. */
  private static List<String> segments(String path) {
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(plain.split("/", -1));
  }

  private record Operation(String method, List<String> template) {
    boolean at(List<String> segments) {
      if (segments.size() != template.size()) {
        return false;
      }
      for (int i = 0; i < segments.size(); i++) {
        boolean variable = template.get(i).startsWith("{") && !segments.get(i).isEmpty();
        if (!variable && !template.get(i).equals(segments.get(i))) {
          return false;
        }
      }
      return true;
    }
  }
}
