package io.orlop.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.ExternalPostgres;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.Request;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** What is set at one replica, seen by what the other one then does. */
final class SettingEffects {
  private static final String API = "/api/v2.0";
  private static final String PASSWORD = "Passw0rd-1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ExternalPostgres postgres;
  private final OrlopServer setter;
  private final OrlopServer other;
  private int changes;

  SettingEffects(ExternalPostgres postgres, OrlopServer setter, OrlopServer other) {
    this.postgres = postgres;
    this.setter = setter;
    this.other = other;
  }

  void holdAtTheOther() throws SQLException {
    post(admin(), "/users", user("effect")).expect(201);
    whoMayMakeProjects();
    whoMayMakeAccounts();
    howLongSessionsLive();
    whatRobotsAreCalled();
    whatProjectsMayHold();
    whatIsKeptOfPulls();
    whatIsNotLogged();
  }

  private void whoMayMakeProjects() {
    RegistryClient user = RegistryClient.of(URI.create(other.url()), "effect", PASSWORD);
    set("\"project_creation_restriction\":\"adminonly\"");
    post(user, "/projects", project("effect-1")).expect(403);

    set("\"project_creation_restriction\":\"everyone\"");
    post(user, "/projects", project("effect-1")).expect(201);
  }

  private void whoMayMakeAccounts() {
    set("\"self_registration\":false");
    register("effect-2").expect(401);

    set("\"self_registration\":true");
    register("effect-2").expect(201);
    set("\"self_registration\":false");
  }

  /** Makes an account as a browser does, whose first request brings it a token. */
  private Answer register(String name) {
    Answer first = registration(name, "sid=visitor", "none").send().expect(403);
    String cookie = first.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    String token = first.header("X-Harbor-CSRF-Token").orElseThrow();
    return registration(name, "sid=visitor; " + cookie, token).send();
  }

  private Request registration(String name, String cookies, String token) {
    return RegistryClient.anonymous(URI.create(other.url()))
        .request("POST", API + "/users")
        .header("Content-Type", "application/json")
        .header("Cookie", cookies)
        .header("X-Harbor-CSRF-Token", token)
        .body(user(name).getBytes(UTF_8));
  }

  private void howLongSessionsLive() throws SQLException {
    String session = signIn();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE user_session SET last_seen_at = now() - interval '10 minutes'");
    }
    set("\"session_timeout\":5");
    assertThat(whoAmI(session)).isEqualTo(401);

    set("\"session_timeout\":60");
    assertThat(whoAmI(session)).isEqualTo(200);
  }

  private String signIn() {
    RegistryClient browser = RegistryClient.anonymous(URI.create(other.url()));
    Answer page = browser.get("/c/log_out");
    return browser
        .request("POST", "/c/login")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Cookie", page.header("Set-Cookie").orElseThrow().split(";", 2)[0])
        .header("X-Harbor-CSRF-Token", page.header("X-Harbor-CSRF-Token").orElseThrow())
        .body(("principal=effect&password=" + PASSWORD).getBytes(UTF_8))
        .send()
        .expect(200)
        .header("Set-Cookie")
        .orElseThrow()
        .split(";", 2)[0];
  }

  private int whoAmI(String session) {
    return RegistryClient.anonymous(URI.create(other.url()))
        .request("GET", API + "/users/current")
        .header("Cookie", session)
        .header("X-Harbor-No-Session-Renewal", "true")
        .send()
        .status();
  }

  private void whatRobotsAreCalled() {
    set("\"robot_name_prefix\":\"bot+\"");
    JsonNode robot =
        post(
                admin(),
                "/robots",
                """
                {"name":"effect","level":"system","duration":1,"permissions":[{"kind":"project",
                  "namespace":"library","access":[{"resource":"repository","action":"pull"}]}]}
                """)
            .expect(201)
            .json();
    assertThat(robot.path("name").asText()).isEqualTo("bot+effect");
    String secret = robot.path("secret").asText();
    assertThat(signsIn("bot+effect", secret)).isTrue();

    set("\"robot_name_prefix\":\"robot$\"");
    assertThat(signsIn("bot+effect", secret)).isFalse();
    assertThat(signsIn("robot$effect", secret)).isTrue();
  }

  private boolean signsIn(String name, String secret) {
    return RegistryClient.of(URI.create(other.url()), name, secret).askToken().status() == 200;
  }

  private void whatProjectsMayHold() {
    set("\"storage_per_project\":100");
    post(admin(), "/projects", project("effect-3")).expect(201);
    RepositoryClient app = admin().repository("effect-3/app");
    app.post(Digest.of(new byte[200]), new byte[200]).expectError(403, "DENIED");

    set("\"storage_per_project\":-1,\"quota_per_project_enable\":false");
    app.pushBlob(new byte[200]);
    set("\"quota_per_project_enable\":true");
    app.post(Digest.of(new byte[300]), new byte[300]).expectError(403, "DENIED");
  }

  private void whatIsKeptOfPulls() {
    RepositoryClient silent = admin().repository("library/effect-silent");
    RepositoryClient kept = admin().repository("library/effect-kept");
    silent.pushImage("v1");
    kept.pushImage("v1");
    set(
        "\"pull_count_update_disable\":true,\"pull_time_update_disable\":true,"
            + "\"pull_audit_log_disable\":true");
    silent.getManifest("v1").expect(200);
    set(
        "\"pull_count_update_disable\":false,\"pull_time_update_disable\":false,"
            + "\"pull_audit_log_disable\":false");
    kept.getManifest("v1").expect(200);

    await().atMost(PATIENCE).until(() -> pulls("kept") == 1 && pulled("kept") && logged("kept"));
    assertThat(pulls("silent")).isZero();
    assertThat(pulled("silent")).isFalse();
    assertThat(logged("silent")).isFalse();
  }

  private int pulls(String which) {
    return get("/projects/library/repositories/effect-" + which).path("pull_count").asInt();
  }

  private boolean pulled(String which) {
    JsonNode artifact = get("/projects/library/repositories/effect-" + which + "/artifacts/v1");
    String time = artifact.path("pull_time").asText();
    return !time.isEmpty() && !time.startsWith("0001");
  }

  private boolean logged(String which) {
    return entries("operation=pull,resource=library/effect-" + which + ":v1") > 0;
  }

  private void whatIsNotLogged() {
    set("\"disabled_audit_log_event_types\":\"create_project\"");
    post(admin(), "/projects", project("effect-4")).expect(201);
    // Entries are written in their order, and some are judged only then.
    admin().request("DELETE", API + "/projects/effect-4").send().expect(200);
    await().atMost(PATIENCE).until(() -> entries("operation=delete,resource=effect-4") == 1);
    set("\"disabled_audit_log_event_types\":\"\"");
    post(admin(), "/projects", project("effect-5")).expect(201);

    await().atMost(PATIENCE).until(() -> entries("operation=create,resource=effect-5") == 1);
    assertThat(entries("operation=create,resource=effect-4")).isZero();
  }

  private int entries(String query) {
    String encoded = query.replace("=", "%3D").replace("/", "%2F").replace(":", "%3A");
    return get("/auditlog-exts?q=" + encoded).size();
  }

  private JsonNode get(String path) {
    return admin().get(API + path).expect(200).json();
  }

  /** Sets something at the one and waits until the other has heard of it. */
  private void set(String members) {
    String mark = "change " + ++changes;
    setter
        .administrator()
        .request("PUT", API + "/configurations")
        .header("Content-Type", "application/json")
        .body("{%s,\"banner_message\":\"%s\"}".formatted(members, mark).getBytes(UTF_8))
        .send()
        .expect(200);
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> get("/systeminfo").path("banner_message").asText().equals(mark));
  }

  private RegistryClient admin() {
    return RegistryClient.of(URI.create(other.url()), "admin", setter.adminPassword());
  }

  private static Answer post(RegistryClient caller, String path, String json) {
    return caller
        .request("POST", API + path)
        .header("Content-Type", "application/json")
        .body(json.getBytes(UTF_8))
        .send();
  }

  private static String project(String name) {
    return "{\"project_name\":\"%s\"}".formatted(name);
  }

  private static String user(String name) {
    return "{\"username\":\"%s\",\"email\":\"%s@example.com\",\"realname\":\"R\",\"password\":\"%s\"}"
        .formatted(name, name, PASSWORD);
  }
}
