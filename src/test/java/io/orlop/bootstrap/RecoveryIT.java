package io.orlop.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.ServerDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RecoveryIT {

  @Test
  void recoversFromTheDeathOfEveryProcess() throws Exception {
    recoversFrom(OrlopServer::kill9All);
  }

  @Test
  void recoversFromTheDeathOfJavaAlone() throws Exception {
    recoversFrom(OrlopServer::kill9Java);
  }

  private static void recoversFrom(Consumer<OrlopServer> death) throws IOException, SQLException {
    try (OrlopServer server = OrlopServer.start()) {
      String project = createProject(server, "survivor");
      death.accept(server);
      server.restart();
      assertThat(project).startsWith("HTTP/1.1 201");
      assertThat(ask(server, "HEAD", "/api/v2.0/projects?project_name=survivor"))
          .startsWith("HTTP/1.1 200");
      assertKeepsWhatItAcknowledges(server);
      assertThat(server.stop()).isZero();
      assertThat(server.processes()).isEmpty();
    }
  }

  private static void assertKeepsWhatItAcknowledges(OrlopServer server) throws SQLException {
    try (ServerDatabase database = ServerDatabase.of(server.data())) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(database.query("SHOW " + setting)).as(setting).isEqualTo("on");
      }
    }
  }

  @Test
  void bringsPostgresBackWithoutARestart() throws Exception {
    try (OrlopServer server = OrlopServer.start()) {
      createProject(server, "survivor");
      server.kill9Postgres();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() ->
              ask(server, "HEAD", "/api/v2.0/projects?project_name=survivor")
                  .startsWith("HTTP/1.1 200"));
      server.awaitLog("PostgreSQL ended unexpectedly, starting it again");
      assertThat(server.stop()).isZero();
      assertThat(server.processes()).isEmpty();
    }
  }

  @Test
  void saysWhyAndEndsWhenPostgresCannotBeBroughtBack() throws Exception {
    try (OrlopServer server = OrlopServer.start()) {
      Path data = server.data().resolve("postgres/18");
      Files.move(data.resolve("global"), data.resolve("moved"));
      server.kill9Postgres();
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.log()).contains("does not start. PostgreSQL says:");
      assertThat(server.processes()).isEmpty();
    }
  }

  @Test
  void makesADatabaseAgainThatWasKilledInTheMaking() throws Exception {
    try (OrlopServer server = OrlopServer.on(OrlopServer.newData())) {
      server.launchOnly();
      Path postgres = server.data().resolve("postgres");
      await().atMost(Duration.ofMinutes(1)).until(() -> hasPart(postgres));
      server.kill9All();
      assertThat(postgres.resolve("18")).doesNotExist();
      server.launch();
      assertThat(hasPart(postgres)).isFalse();
    }
  }

  private static boolean hasPart(Path postgres) throws IOException {
    if (!Files.exists(postgres)) {
      return false;
    }
    try (var parts = Files.newDirectoryStream(postgres, "18.part-*")) {
      return parts.iterator().hasNext();
    }
  }

  private static String createProject(OrlopServer server, String name) throws IOException {
    String body = "{\"project_name\":\"" + name + "\"}";
    try (RawClient client = new RawClient(server, "application/json")) {
      client.begin("POST", "/api/v2.0/projects", body.length());
      client.send(body);
      return client.answer();
    }
  }

  private static String ask(OrlopServer server, String method, String path) throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.begin(method, path, 0);
      return client.answer();
    }
  }
}
