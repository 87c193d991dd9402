package io.orlop.testsupport.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares an OpenAPI document with operations of the contract. */
public final class DescriptionCheck {
  private final Contract contract;
  private final JsonNode description;
  private final Map<String, JsonNode> paths = new HashMap<>();

  /** Prepares a comparison with an OpenAPI document. */
  public DescriptionCheck(Contract contract, JsonNode description) {
    this.contract = contract;
    this.description = description;
    description
        .path("paths")
        .properties()
        .forEach(path -> paths.put(normal(path.getKey()), path.getValue()));
  }

  /** Returns how the document deviates from an operation; empty if it does not. */
  public List<String> deviations(Contract.Operation operation) {
    JsonNode ours =
        paths
            .getOrDefault(normal(Contract.BASE + operation.path()), description.path("nothing"))
            .path(operation.method().toLowerCase(java.util.Locale.ROOT));
    if (ours.isMissingNode()) {
      return List.of(operation + ": is not served");
    }
    List<String> found = new ArrayList<>();
    parameters(operation, ours, found);
    responses(operation, ours, found);
    return found.stream().map(text -> operation + ": " + text).toList();
  }

  private static void parameters(
      Contract.Operation operation, JsonNode ours, List<String> deviations) {
    Set<String> known = new HashSet<>();
    ours.path("parameters")
        .forEach(p -> known.add(p.path("in").asText() + " " + p.path("name").asText()));
    for (JsonNode parameter : operation.node().path("parameters")) {
      String place = parameter.path("in").asText();
      String name = parameter.path("name").asText();
      if (place.equals("body")) {
        // Clients may send bodies where none is needed.
        if (!ours.has("requestBody") && parameter.path("required").asBoolean()) {
          deviations.add("takes no body");
        }
      } else if (!known.contains(place + " " + name)) {
        deviations.add("lacks the parameter " + name + " in " + place);
      }
    }
  }

  private void responses(Contract.Operation operation, JsonNode ours, List<String> deviations) {
    operation
        .responses()
        .properties()
        .forEach(response -> {
          String status = response.getKey();
          JsonNode own = ours.path("responses").path(status);
          if (own.isMissingNode()) {
            deviations.add("lacks the status " + status);
          } else if (status.startsWith("2") && response.getValue().has("schema")) {
            JsonNode content = own.path("content");
            JsonNode schema =
                content.path("application/json").path("schema").isMissingNode()
                    ? content.path("text/plain").path("schema")
                    : content.path("application/json").path("schema");
            compare(
                status, response.getValue().path("schema"), schema, deviations, new HashSet<>());
          }
        });
    ours.path("responses")
        .fieldNames()
        .forEachRemaining(status -> {
          if (status.startsWith("2") && !operation.responses().has(status)) {
            deviations.add("has the status " + status);
          }
        });
  }

  private void compare(
      String where, JsonNode given, JsonNode own, List<String> deviations, Set<String> seen) {
    if (given.has("ref") && !seen.add(given.path("ref").asText())) {
      return; // Models may contain themselves.
    }
    JsonNode wanted = contract.resolve(given);
    JsonNode schema = resolve(own);
    wanted.path("allOf").forEach(part -> compare(where, part, own, deviations, seen));
    String type = wanted.path("type").asText("");
    if (type.equals("file")) {
      return; // Bytes have no schema.
    }
    if (!type.isEmpty() && !types(schema).contains(type)) {
      deviations.add(where + " is " + types(schema) + " instead of " + type);
      return;
    }
    if (type.equals("array")) {
      compare(where + "[]", wanted.path("items"), schema.path("items"), deviations, seen);
    }
    wanted
        .path("properties")
        .properties()
        .forEach(property -> {
          String name = where + "." + property.getKey();
          JsonNode member = schema.path("properties").path(property.getKey());
          if (member.isMissingNode()) {
            deviations.add(name + " is missing");
          } else {
            compare(name, property.getValue(), member, deviations, new HashSet<>(seen));
          }
        });
  }

  private JsonNode resolve(JsonNode schema) {
    JsonNode found = schema;
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText();
      found =
          description
              .path("components")
              .path("schemas")
              .path(name.substring(name.lastIndexOf('/') + 1));
    }
    for (String wrapper : List.of("anyOf", "allOf", "oneOf")) {
      for (JsonNode part : found.path(wrapper)) {
        if (part.has("$ref")) {
          return resolve(part);
        }
      }
    }
    return found;
  }

  private static Set<String> types(JsonNode schema) {
    Set<String> types = new HashSet<>();
    JsonNode type = schema.path("type");
    if (type.isTextual()) {
      types.add(type.asText());
    }
    type.forEach(one -> types.add(one.asText()));
    return types;
  }

  /** Names of variables are not part of a path's meaning, nor is a slash at its end. */
  private static String normal(String path) {
    String plain = path.replaceAll("\\{[^}]+}", "{}");
    return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
  }
}
