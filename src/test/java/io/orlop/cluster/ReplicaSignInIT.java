package io.orlop.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orlop.platform.crypto.MasterKey;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.ExternalPostgres;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RegistryClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is taken from an account at one replica is gone at the other with the next request. */
class ReplicaSignInIT {
  private static final String CURRENT = "/api/v2.0/users/current";
  private static final String PASSWORD = "Passw0rd-1";
  private static final String OTHER = "Passw0rd-2";

  private final String masterKey = MasterKey.generate();

  @Test
  void whatIsTakenAtOneReplicaIsGoneAtTheOther() throws Exception {
    try (ExternalPostgres postgres = ExternalPostgres.start();
        OrlopServer first = server(postgres, OrlopServer.newData())) {
      first.launch();
      try (OrlopServer second = server(postgres, SameStore.as(first))) {
        second.launch();
        passwordsThatAreChanged(first, second);
        tokensThatAreRevoked(first, second);
        sessionsThatAreEnded(first, second);
        accountsThatAreDeleted(first, second);
      }
    }
  }

  private static void passwordsThatAreChanged(OrlopServer first, OrlopServer second) {
    String path = newAccount(first, "ada") + "/password";
    List<String> passwords = List.of(PASSWORD, OTHER);
    for (int round = 0; round < 6; round++) {
      OrlopServer writer = round % 2 == 0 ? first : second;
      OrlopServer reader = round % 2 == 0 ? second : first;
      String before = passwords.get(round % 2);
      String after = passwords.get((round + 1) % 2);
      as(reader, "ada", before).get(CURRENT).expect(200); // Both remember it.
      as(writer, "ada", before).get(CURRENT).expect(200);

      send(writer.administrator(), "PUT", path, "{\"new_password\":\"" + after + "\"}").expect(200);

      as(reader, "ada", before).get(CURRENT).expect(401);
      as(reader, "ada", after).get(CURRENT).expect(200);
    }
  }

  private static void tokensThatAreRevoked(OrlopServer first, OrlopServer second) {
    newAccount(first, "bob");
    RegistryClient bob = as(first, "bob", PASSWORD);
    Answer made =
        send(bob, "POST", CURRENT + "/tokens", "{\"name\":\"t\",\"scope\":{\"level\":\"read\"}}");
    String token = made.expect(201).json().path("token").asText();
    as(second, "bob", token).get(CURRENT).expect(200);

    bob.request("DELETE", made.location()).send().expect(200);

    as(second, "bob", token).get(CURRENT).expect(401);
    as(second, "bob", token).get("/v2/").expect(401);
  }

  private static void sessionsThatAreEnded(OrlopServer first, OrlopServer second) {
    newAccount(first, "eve");
    String session = signIn(first, "eve");
    get(second, session).expect(200);

    as(first, "eve", PASSWORD).request("DELETE", CURRENT + "/sessions").send().expect(200);

    get(second, session).expect(401);
  }

  private static void accountsThatAreDeleted(OrlopServer first, OrlopServer second) {
    String path = newAccount(first, "sam");
    String session = signIn(first, "sam");
    as(second, "sam", PASSWORD).get(CURRENT).expect(200);
    get(second, session).expect(200);

    first.administrator().request("DELETE", path).send().expect(200);

    as(second, "sam", PASSWORD).get(CURRENT).expect(401);
    get(second, session).expect(401);
  }

  /** Makes an account and returns its path. */
  private static String newAccount(OrlopServer server, String name) {
    String body =
        "{\"username\":\"%s\",\"email\":\"%s@example.com\",\"realname\":\"R\",\"password\":\"%s\"}"
            .formatted(name, name, PASSWORD);
    return send(server.administrator(), "POST", "/api/v2.0/users", body)
        .expect(201)
        .location()
        .getPath();
  }

  /** Signs in by the form, and returns the cookie of the session. */
  private static String signIn(OrlopServer server, String name) {
    Answer refused = login(server, name, "none=none", "none");
    String csrf = cookie(refused.expect(403), "_gorilla_csrf");
    String token = refused.header("X-Harbor-CSRF-Token").orElseThrow();
    return cookie(login(server, name, csrf, token).expect(200), "sid");
  }

  private static Answer login(OrlopServer server, String name, String csrf, String token) {
    return RegistryClient.anonymous(URI.create(server.url()))
        .request("POST", "/c/login")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Cookie", csrf)
        .header("X-Harbor-CSRF-Token", token)
        .body(("principal=" + name + "&password=" + PASSWORD).getBytes(UTF_8))
        .send();
  }

  private static Answer get(OrlopServer server, String session) {
    return RegistryClient.anonymous(URI.create(server.url()))
        .request("GET", CURRENT)
        .header("Cookie", session)
        .send();
  }

  private static String cookie(Answer answer, String name) {
    return answer.headers("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }

  private static Answer send(RegistryClient client, String method, String path, String json) {
    return client
        .request(method, path)
        .header("Content-Type", "application/json")
        .body(json.getBytes(UTF_8))
        .send();
  }

  private static RegistryClient as(OrlopServer server, String name, String password) {
    return RegistryClient.of(URI.create(server.url()), name, password);
  }

  private OrlopServer server(ExternalPostgres postgres, Path data) {
    return postgres.configure(OrlopServer.on(data)).with("ORLOP_MASTER_KEY", masterKey);
  }
}
