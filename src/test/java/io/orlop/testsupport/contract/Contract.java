package io.orlop.testsupport.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The facts of Harbor's contract: operations with their parameters and answers, and the models of
 * their bodies.
 */
public final class Contract {
  /** Where all of its paths begin. */
  public static final String BASE = "/api/v2.0";

  private final JsonNode models;
  private final List<Operation> operations = new ArrayList<>();

  private Contract(JsonNode root) {
    models = root.path("models");
    root.path("operations").forEach(node -> operations.add(new Operation(node)));
  }

  /** Reads the contract. */
  public static Contract read() {
    try (InputStream in = Contract.class.getResourceAsStream("/harbor-contract.json")) {
      return new Contract(new ObjectMapper().readTree(Objects.requireNonNull(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One operation. */
  public record Operation(JsonNode node) {
    /** Returns the method, in upper case. */
    public String method() {
      return node.path("method").asText();
    }

    /** Returns the path below {@link #BASE}, with its variables in braces. */
    public String path() {
      return node.path("path").asText();
    }

    /** Returns the group that it belongs to. */
    public String tag() {
      return node.path("tag").asText();
    }

    /** Returns the answers by their status. */
    public JsonNode responses() {
      return node.path("responses");
    }

    @Override
    public String toString() {
      return method() + " " + path();
    }

    private boolean at(String method, String[] segments) {
      String[] template = segments(path());
      if (!method().equals(method) || template.length != segments.length) {
        return false;
      }
      for (int i = 0; i < template.length; i++) {
        boolean same = template[i].equals(segments[i]);
        if (!same && (!template[i].startsWith("{") || segments[i].isEmpty())) {
          return false;
        }
      }
      return true;
    }

    private long variables() {
      return path().chars().filter(c -> c == '{').count();
    }
  }

  /** Returns all operations. */
  public List<Operation> operations() {
    return operations;
  }

  /** Returns the model of a name. */
  public JsonNode model(String name) {
    return models.path(name);
  }

  /** Finds the operation that a request asks for; the one with the fewest variables. */
  public Optional<Operation> find(String method, String path) {
    if (!path.startsWith(BASE + "/")) {
      return Optional.empty();
    }
    String[] segments = segments(path.substring(BASE.length()));
    return operations.stream()
        .filter(operation -> operation.at(method, segments))
        .min((a, b) -> Long.compare(a.variables(), b.variables()));
  }

  private static String[] segments(String path) {
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return plain.split("/", -1);
  }

  /** Follows a schema to the model that it refers to. */
  public JsonNode resolve(JsonNode schema) {
    return schema.has("ref") ? model(schema.path("ref").asText()) : schema;
  }

  /** Returns what a body has against a schema; empty if nothing. */
  public List<String> deviations(JsonNode schema, JsonNode body) {
    List<String> found = new ArrayList<>();
    new BodyCheck(this, found).check("", schema, body);
    return found;
  }
}
