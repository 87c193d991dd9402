package io.orlop.testsupport.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Compares one JSON value with a schema of the contract. Members beyond it are no fault. */
record BodyCheck(Contract contract, List<String> deviations) {
  void check(String where, JsonNode given, JsonNode value) {
    JsonNode schema = contract.resolve(given);
    schema.path("allOf").forEach(part -> check(where, part, value));
    if (value.isNull()) {
      if (!schema.path("nullable").asBoolean()) {
        add(where, "is null");
      }
      return;
    }
    switch (schema.path("type").asText("")) {
      case "object" -> object(where, schema, value);
      case "array" -> {
        require(where, value.isArray(), "array", value);
        int index = 0;
        for (JsonNode item : value) {
          check(where + "[" + index++ + "]", schema.path("items"), item);
        }
      }
      case "string" -> text(where, schema, value);
      case "integer" -> require(where, value.isIntegralNumber(), "integer", value);
      case "number" -> require(where, value.isNumber(), "number", value);
      case "boolean" -> require(where, value.isBoolean(), "boolean", value);
      default -> {} // The contract says nothing of it.
    }
  }

  private void object(String where, JsonNode schema, JsonNode value) {
    require(where, value.isObject(), "object", value);
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          String name = property.getKey();
          JsonNode member = contract.resolve(property.getValue());
          if (value.has(name)) {
            check(where + "." + name, property.getValue(), value.get(name));
          } else if (member.path("always").asBoolean()
              || property.getValue().path("always").asBoolean()) {
            add(where + "." + name, "is absent");
          }
        });
    if (schema.has("values")) {
      value
          .properties()
          .forEach(member ->
              check(where + "." + member.getKey(), schema.path("values"), member.getValue()));
    }
  }

  private void text(String where, JsonNode schema, JsonNode value) {
    require(where, value.isTextual(), "string", value);
    if (schema.path("format").asText("").equals("date-time") && value.isTextual()) {
      try {
        var _ = OffsetDateTime.parse(value.asText());
      } catch (DateTimeParseException e) {
        add(where, "is no time: " + value);
      }
    }
    if (schema.has("enum") && value.isTextual() && !value.asText().isEmpty()) {
      boolean known = false;
      for (JsonNode allowed : schema.path("enum")) {
        known |= allowed.asText().equals(value.asText());
      }
      require(where, known, "one of " + schema.path("enum"), value);
    }
  }

  private void require(String where, boolean fulfilled, String wanted, JsonNode value) {
    if (!fulfilled) {
      add(where, "is no " + wanted + ": " + value);
    }
  }

  private void add(String where, String what) {
    deviations.add((where.isEmpty() ? "the body" : where) + " " + what);
  }
}
