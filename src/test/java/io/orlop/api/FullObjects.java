package io.orlop.api;

import static io.orlop.testsupport.Accounts.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.testsupport.Api;
import io.orlop.testsupport.contract.Completeness;
import io.orlop.testsupport.contract.Contract;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Requests with full objects, and what was missing in them and in their answers. */
final class FullObjects {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ABSENT = "absent:";
  private static final Path EXCUSES = Path.of("src/test/resources/full-objects.txt");

  private final Contract contract;
  private final Completeness asked;
  private final Completeness shown;
  private final Supplier<RequestSpecification> caller;
  private final Map<String, String> excuses = new LinkedHashMap<>();
  private final List<String> differences;

  FullObjects(Contract contract) {
    this(
        contract,
        new Completeness(contract),
        new Completeness(contract),
        () -> admin(),
        new ArrayList<>());
  }

  private FullObjects(
      Contract contract,
      Completeness asked,
      Completeness shown,
      Supplier<RequestSpecification> caller,
      List<String> differences) {
    this.differences = differences;
    this.contract = contract;
    this.asked = asked;
    this.shown = shown;
    this.caller = caller;
    try {
      for (String line : Files.readAllLines(EXCUSES, StandardCharsets.UTF_8)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] words = line.split("\\s+", 2);
          excuses.put(words[0], words[1]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns another caller's view, who is counted with this one. */
  FullObjects as(String name, String password) {
    return new FullObjects(contract, asked, shown, () -> Api.as(name, password), differences);
  }

  /** Sends a full object that is to be made, and returns its path below the API. */
  String create(String path, String model, Map<String, Object> body) {
    String location = send("POST", path, model, body, 201).header("Location");
    return location.substring(Contract.BASE.length());
  }

  /** Sends a full object that is to be made, and returns the answer. */
  JsonNode created(String path, String model, Map<String, Object> body) {
    return json(send("POST", path, model, body, 201));
  }

  void replace(String path, String model, Map<String, Object> body) {
    send("PUT", path, model, body, 200);
  }

  JsonNode patch(String path, String model, Map<String, Object> body) {
    return json(send("PATCH", path, model, body, 200));
  }

  void put(String path, Map<String, Object> body) {
    assertThat(Api.put(caller.get(), path, body).statusCode()).isEqualTo(200);
  }

  JsonNode get(String path) {
    Response answer = caller.get().urlEncodingEnabled(false).get(Contract.BASE + path);
    assertThat(answer.statusCode()).as(path + " " + answer.asString()).isEqualTo(200);
    return json(answer);
  }

  /** Returns the one item of a list. */
  JsonNode one(String path) {
    JsonNode list = get(path);
    assertThat(list).as(path).hasSize(1);
    return list.path(0);
  }

  /** Returns the one item of a list that is written in the background. */
  JsonNode awaitOne(String path) {
    await().until(() -> get(path).size() == 1);
    return one(path);
  }

  /** Looks at an object that is to be full. */
  void look(String model, JsonNode object) {
    look(model, List.of(object));
  }

  /** Looks at objects that are to be full together. */
  void look(String model, List<JsonNode> objects) {
    shown.look(model, objects);
  }

  /** Compares what was sent with what is shown, but for what the list excuses or renames. */
  void readBack(String model, Map<String, Object> sent, JsonNode read) {
    sent.forEach((name, value) -> {
      String excuse = excuses.getOrDefault(model + "." + name, "");
      if (excuse.isEmpty() || excuse.startsWith("-> ")) {
        String shownAs = excuse.isEmpty() ? name : excuse.substring("-> ".length());
        compare(model + "." + name, JSON.valueToTree(value), read.path(shownAs));
      }
    });
  }

  private void compare(String where, JsonNode sent, JsonNode read) {
    if (sent.isObject()) {
      sent.properties()
          .forEach(member ->
              compare(
                  where + "." + member.getKey(), member.getValue(), read.path(member.getKey())));
    } else if (sent.isArray()) {
      if (read.size() != sent.size()) {
        differences.add("%s: %s, not %s".formatted(where, read, sent));
      }
      for (int i = 0; i < sent.size(); i++) {
        compare(where + "[]", sent.path(i), read.path(i));
      }
    } else {
      if (!read.asText().equals(sent.asText())) {
        differences.add("%s: %s, not %s".formatted(where, read, sent));
      }
    }
  }

  /** Returns what was not read back as it was sent. */
  List<String> differences() {
    return differences;
  }

  /** Returns what is neither there nor excused. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>(asked.absent());
    missing.removeAll(asked.present());
    missing.addAll(shown.absent());
    missing.removeAll(excused());
    return missing;
  }

  /** Returns what may be absent. */
  Set<String> excused() {
    Set<String> excused = new TreeSet<>(excuses.keySet());
    excused.removeIf(name -> !excuses.getOrDefault(name, "").startsWith(ABSENT));
    return excused;
  }

  /** Returns what is excused and never missing. */
  Set<String> excusedInVain() {
    Set<String> vain = excused();
    vain.removeIf(name -> shown.absent().contains(name) || asked.absent().contains(name));
    vain.removeIf(name -> !name.contains("."));
    return vain;
  }

  /** Returns the models of the answers of these groups that no object was looked at of. */
  Set<String> unseenModels(Set<String> tags) {
    Set<String> models = new TreeSet<>();
    contract.operations().stream()
        .filter(operation -> tags.contains(operation.tag()))
        .forEach(operation -> {
          operation.responses().properties().stream()
              .filter(response -> response.getKey().startsWith("2"))
              .forEach(response -> models.addAll(referred(response.getValue().path("schema"))));
          operation
              .node()
              .path("parameters")
              .forEach(parameter -> models.addAll(referred(parameter.path("schema"))));
        });
    models.removeIf(model ->
        excuses.containsKey(model)
            || contract.model(model).path("properties").isEmpty()
            || java.util.stream.Stream.concat(shown.present().stream(), asked.present().stream())
                .anyMatch(name -> name.startsWith(model + ".")));
    return models;
  }

  private Set<String> referred(JsonNode schema) {
    Set<String> found = new TreeSet<>();
    Deque<JsonNode> left = new ArrayDeque<>(List.of(schema));
    while (!left.isEmpty()) {
      JsonNode node = left.pop();
      if (node.path("ref").isTextual() && found.add(node.path("ref").asText())) {
        left.push(contract.resolve(node));
      }
      node.forEach(left::push);
    }
    return found;
  }

  /** Makes a value for each property of a model of settings that is not its default. */
  Map<String, Object> values(String model) {
    Map<String, Object> known =
        Map.of(
            "auth_mode", "oidc_auth",
            "project_creation_restriction", "adminonly",
            "robot_name_prefix", "bot+",
            "oidc_extra_redirect_parms", "{\"prompt\":\"login\"}",
            "ldap_scope", 1,
            "ldap_group_search_scope", 1);
    JsonNode now = get("/configurations");
    Map<String, Object> values = new HashMap<>();
    contract
        .model(model)
        .path("properties")
        .properties()
        .forEach(property -> {
          String name = property.getKey();
          Object other =
              switch (property.getValue().path("type").asText()) {
                case "boolean" -> !now.path(name).path("value").asBoolean();
                case "integer" -> 1_000_003;
                default -> "other";
              };
          values.put(name, known.getOrDefault(name, other));
        });
    return values;
  }

  Object value(JsonNode node) {
    return JSON.convertValue(node, Object.class);
  }

  Map<String, Object> map(JsonNode node) {
    return JSON.convertValue(node, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  Response send(String method, String path, String model, Map<String, Object> body, int status) {
    asked.look(model, List.of(JSON.<JsonNode>valueToTree(body)));
    Response answer =
        caller
            .get()
            .contentType(ContentType.JSON)
            .urlEncodingEnabled(false)
            .body(body)
            .request(method, Contract.BASE + path);
    assertThat(answer.statusCode()).as(path + " " + answer.asString()).isEqualTo(status);
    return answer;
  }

  private static JsonNode json(Response answer) {
    try {
      return JSON.readTree(answer.asString());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.asString(), e);
    }
  }
}
