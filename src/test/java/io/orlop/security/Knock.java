package io.orlop.security;

import io.orlop.testsupport.Account;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.Request;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One caller's way of making a request.
 *
 * @param byToken whether a registry token is shown in the place of the password
 */
record Knock(Operation operation, Trial trial, Caller caller, boolean byToken) {
  /** Makes the request. */
  Answer send(Words words, RegistryClient anonymous, Account account) {
    String path = words.fill(operation.path());
    String query = trial.line("query").map(text -> "?" + words.fill(text)).orElse("");
    Request request = client(words, anonymous, account).request(operation.method(), path + query);
    trial.line("cookies").ifPresent(kind -> cookies(kind, words, anonymous, request));
    body(words, request);
    return request.send();
  }

  private RegistryClient client(Words words, RegistryClient anonymous, Account account) {
    boolean inForm = trial.line("form").isPresent() || trial.line("cookies").isPresent();
    if (inForm) {
      return anonymous;
    }
    RegistryClient client =
        caller == Caller.ANONYMOUS
            ? anonymous
            : anonymous.authorization(RegistryClient.basic(account.name(), account.password()));
    return byToken ? anonymous.bearer(token(client, words)) : client;
  }

  private static String token(RegistryClient client, Words words) {
    Answer answer =
        client.askToken(
            "repository:" + words.get("repository") + ":pull,push,delete",
            "repository:" + words.get("source_repository") + ":pull",
            "registry:catalog:*");
    return answer.expect(200).json().path("token").asText();
  }

  private void cookies(String kind, Words words, RegistryClient anonymous, Request request) {
    if (kind.equals("session")) {
      if (caller.isPerson()) {
        request.header("Cookie", "sid=" + words.get("own_cookie"));
      }
      return;
    }
    Answer page = anonymous.get("/c/log_out");
    request.header("Cookie", page.header("Set-Cookie").orElseThrow().split(";", 2)[0]);
    request.header("X-Harbor-CSRF-Token", page.header("X-Harbor-CSRF-Token").orElseThrow());
  }

  private void body(Words words, Request request) {
    Optional<String> type = trial.line("type");
    trial.line("body").ifPresent(text -> send(request, "application/json", words.fill(text)));
    trial
        .line("form")
        .ifPresent(text -> send(request, "application/x-www-form-urlencoded", words.fill(text)));
    trial
        .line("bytes")
        .ifPresent(
            text -> send(request, type.orElse("application/octet-stream"), words.fill(text)));
  }

  private static void send(Request request, String type, String text) {
    request.header("Content-Type", type).body(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return operation.name() + " as " + caller + (byToken ? " by token" : "");
  }
}
