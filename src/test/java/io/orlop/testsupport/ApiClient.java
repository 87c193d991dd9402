package io.orlop.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.testsupport.contract.AnswerCheck;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One caller's view of the REST API. Paths are sent as they are written, escapes included; every
 * answer is held against Harbor's contract.
 */
public final class ApiClient {
  private static final String BASE = "/api/v2.0";
  private static final AnswerCheck CHECK = new AnswerCheck();

  private final RegistryClient caller;

  private ApiClient(RegistryClient caller) {
    this.caller = caller;
  }

  /** Returns the view of a caller of the registry. */
  public static ApiClient of(RegistryClient caller) {
    return new ApiClient(caller);
  }

  public Answer get(String path) {
    return checked("GET", path, caller.get(BASE + path));
  }

  public Answer delete(String path) {
    return checked("DELETE", path, caller.request("DELETE", BASE + path).send());
  }

  public Answer post(String path, String json) {
    return send("POST", path, json);
  }

  public Answer put(String path, String json) {
    return send("PUT", path, json);
  }

  /** Returns one member of each item of a list. */
  public List<String> texts(String path, String member) {
    List<String> texts = new ArrayList<>();
    get(path).expect(200).json().forEach(item -> texts.add(item.path(member).asText()));
    return texts;
  }

  /** Expects a refusal with these words. */
  public static void expectError(Answer answer, int status, String message) {
    JsonNode error = answer.expect(status).json().path("errors").path(0);
    if (!error.path("message").asText().contains(message)) {
      throw new AssertionError("expected \"" + message + "\" in " + answer);
    }
  }

  private Answer send(String method, String path, String json) {
    Answer answer =
        caller
            .request(method, BASE + path)
            .header("Content-Type", "application/json")
            .body(json.getBytes(StandardCharsets.UTF_8))
            .send();
    return checked(method, path, answer);
  }

  private static Answer checked(String method, String path, Answer answer) {
    CHECK.check(
        method,
        URI.create(BASE + path),
        new AnswerCheck.Given(
            answer.status(), name -> answer.header(name).orElse(null), answer.text()));
    return answer;
  }
}
