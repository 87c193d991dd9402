package io.orlop.testsupport.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out which properties of the contract's models no value has. Values of one model count
 * together: what one of them has need not be in the others.
 */
public final class Completeness {
  private final Contract contract;
  private final Set<String> present = new TreeSet<>();
  private final Set<String> absent = new TreeSet<>();

  /** Begins with nothing seen. */
  public Completeness(Contract contract) {
    this.contract = contract;
  }

  /** Looks at values of a model. */
  public void look(String model, Collection<JsonNode> values) {
    look(model, contract.model(model), values);
  }

  /** Returns the properties that some place had to have and had not, as {@code Model.property}. */
  public Set<String> absent() {
    return absent;
  }

  /** Returns the properties that were seen somewhere. */
  public Set<String> present() {
    return present;
  }

  private void look(String model, JsonNode schema, Collection<JsonNode> values) {
    if (schema.has("values")) {
      List<JsonNode> members = new ArrayList<>();
      values.forEach(value -> value.forEach(members::add));
      follow(model, schema.path("values"), members);
    }
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          String name = model + "." + property.getKey();
          List<JsonNode> members =
              values.stream()
                  .map(value -> value.path(property.getKey()))
                  .filter(Completeness::isThere)
                  .toList();
          if (members.isEmpty()) {
            absent.add(name);
          } else {
            present.add(name);
            follow(name, property.getValue(), members);
          }
        });
  }

  private void follow(String name, JsonNode schema, List<JsonNode> values) {
    if (schema.path("ref").isTextual()) {
      look(schema.path("ref").asText(), values);
    } else if (schema.path("type").asText().equals("array")) {
      List<JsonNode> items = new ArrayList<>();
      values.forEach(value -> value.forEach(items::add));
      follow(name, schema.path("items"), items);
    } else {
      look(name, schema, values);
    }
  }

  /** An empty list or object has nothing to look at. */
  private static boolean isThere(JsonNode value) {
    boolean empty = value.isContainerNode() && value.isEmpty();
    return !value.isMissingNode() && !value.isNull() && !empty;
  }
}
