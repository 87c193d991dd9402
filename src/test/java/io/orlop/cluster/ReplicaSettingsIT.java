package io.orlop.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.platform.crypto.MasterKey;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.ExternalPostgres;
import io.orlop.testsupport.OrlopServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two processes on one database: what is set at one holds at the other. */
class ReplicaSettingsIT {
  private static final int ROUNDS = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String masterKey = MasterKey.generate();

  @Test
  void whatIsSetAtOneReplicaHoldsAtTheOther() throws Exception {
    try (ExternalPostgres postgres = ExternalPostgres.start();
        OrlopServer first = server(postgres, OrlopServer.newData())) {
      first.launch();
      try (OrlopServer second = server(postgres, SameStore.as(first))) {
        second.launch();
        changesAreHeard(first, second);
        changesAreSeenAfterBothLostTheirConnection(postgres, first, second);
        eachSettingThatIsServedHoldsAtTheOther(first, second);
        set(first, "{\"primary_auth_mode\":false}").expect(200);
        new SettingEffects(postgres, first, second).holdAtTheOther();
        assertThat(second.stop()).isZero();
        second.with("CONFIG_OVERWRITE_JSON", "{\"banner_message\":\"fixed\"}");
        second.restart();
        theEnvironmentFixesSettings(second);
      }
    }
  }

  private static void changesAreHeard(OrlopServer first, OrlopServer second) {
    for (int round = 0; round < ROUNDS; round++) {
      OrlopServer writer = round % 2 == 0 ? first : second;
      OrlopServer reader = round % 2 == 0 ? second : first;
      set(writer, "{\"banner_message\":\"round %d\"}".formatted(round)).expect(200);
      assertThat(banner(writer)).isEqualTo("round " + round);
      String expected = "round " + round;
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> banner(reader).equals(expected));
    }
  }

  private static void changesAreSeenAfterBothLostTheirConnection(
      ExternalPostgres postgres, OrlopServer first, OrlopServer second) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'orlop changes'");
    }
    set(first, "{\"banner_message\":\"meanwhile\"}").expect(200);
    assertThat(banner(first)).isEqualTo("meanwhile");
    await().atMost(PATIENCE).until(() -> banner(second).equals("meanwhile"));
  }

  private static void eachSettingThatIsServedHoldsAtTheOther(
      OrlopServer first, OrlopServer second) {
    set(
            first,
            """
            {"token_expiration":7,"read_only":true,"self_registration":true,
             "primary_auth_mode":true,"project_creation_restriction":"adminonly"}
            """)
        .expect(200);
    await().atMost(PATIENCE).until(() -> info(second).path("read_only").asBoolean());
    JsonNode info = info(second);
    assertThat(info.path("self_registration").asBoolean()).isTrue();
    assertThat(info.path("primary_auth_mode").asBoolean()).isTrue();
    assertThat(info.path("project_creation_restriction").asText()).isEqualTo("adminonly");
    assertThat(second.administrator().askToken().json().path("expires_in").asInt()).isEqualTo(420);
    second.administrator().repository("library/app").beginUpload("").expectError(403, "DENIED");
    set(second, "{\"read_only\":false}").expect(200);
    second.administrator().repository("library/app").beginUpload("").expect(202);
  }

  private static void theEnvironmentFixesSettings(OrlopServer server) {
    assertThat(banner(server)).isEqualTo("fixed");
    Answer refused = set(server, "{\"banner_message\":\"other\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("CONFIG_OVERWRITE_JSON");
    JsonNode shown = server.administrator().get("/api/v2.0/configurations").json();
    assertThat(shown.path("banner_message").path("editable").asBoolean()).isFalse();
    assertThat(shown.path("token_expiration").path("value").asInt()).isEqualTo(7);
  }

  private static Answer set(OrlopServer server, String json) {
    return server
        .administrator()
        .request("PUT", "/api/v2.0/configurations")
        .header("Content-Type", "application/json")
        .body(json.getBytes(UTF_8))
        .send();
  }

  private static String banner(OrlopServer server) {
    return info(server).path("banner_message").asText();
  }

  private static JsonNode info(OrlopServer server) {
    return server.administrator().get("/api/v2.0/systeminfo").expect(200).json();
  }

  private OrlopServer server(ExternalPostgres postgres, Path data) {
    return postgres.configure(OrlopServer.on(data)).with("ORLOP_MASTER_KEY", masterKey);
  }
}
