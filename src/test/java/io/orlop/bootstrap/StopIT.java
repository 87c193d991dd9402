package io.orlop.bootstrap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RepositoryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopIT {

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void endsInOrderWithEveryProcess(String signal) throws Exception {
    try (OrlopServer server = OrlopServer.start()) {
      assertThat(server.postgres()).isNotEmpty();
      signal(signal, server.pid());
      assertThat(server.awaitExit()).isZero();
      assertThat(server.processes()).isEmpty();
      assertThat(server.data().resolve("postgres/18/postmaster.pid")).doesNotExist();
      assertThat(server.log()).doesNotContain(" ERROR ").doesNotContain("Exception");
    }
  }

  @Test
  void endsInOrderWhileItStarts() throws Exception {
    try (OrlopServer server = OrlopServer.on(OrlopServer.newData())) {
      server.launchOnly();
      Path postgres = server.data().resolve("postgres");
      await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(postgres));
      signal("TERM", server.pid());
      assertThat(server.awaitExit()).isZero();
      server.launch();
      assertThat(server.stop()).isZero();
      assertThat(server.processes()).isEmpty();
    }
  }

  /** Ctrl-C in a terminal reaches every process of the foreground group. */
  @Test
  void keepsPostgresOutOfTheGroupThatCtrlCReaches() throws Exception {
    try (OrlopServer server = OrlopServer.start()) {
      String own = group(server.pid());
      assertThat(server.postgres())
          .isNotEmpty()
          .allSatisfy(process -> assertThat(group(process.pid())).isNotEqualTo(own));
    }
  }

  @Test
  void finishesTheRequestThatIsRunning() throws Exception {
    try (OrlopServer server = OrlopServer.start();
        RawClient client = new RawClient(server)) {
      String upload = client.startUpload("library/drained");
      client.begin("PATCH", upload, 2);
      client.send("a");
      signal("TERM", server.pid());
      await().atMost(Duration.ofSeconds(15)).until(() -> !accepts(server));
      client.send("b");
      assertThat(client.answer()).startsWith("HTTP/1.1 202");
      assertThat(server.awaitExit()).isZero();
      assertThat(server.processes()).isEmpty();
    }
  }

  @Test
  void uploadsThatHaveJustBegunOutliveIt() throws Exception {
    try (OrlopServer server = OrlopServer.start()) {
      RepositoryClient repository = server.administrator().repository("library/just-begun");
      String upload = repository.openUpload().getPath();
      assertThat(server.stop()).isZero();
      server.restart();
      repository.status(URI.create(server.url() + upload)).expect(204);
    }
  }

  @Test
  void doesNotWaitForeverForARequestThatIsRunning() throws Exception {
    try (OrlopServer server = OrlopServer.start();
        RawClient client = new RawClient(server)) {
      client.begin("PATCH", client.startUpload("library/drained"), 2);
      client.send("a");
      signal("TERM", server.pid());
      assertThat(server.awaitExit()).isZero();
      assertThat(server.processes()).isEmpty();
    }
  }

  @Test
  void forgetsNoPull() {
    try (OrlopServer server = OrlopServer.start()) {
      RepositoryClient repository = server.administrator().repository("library/counted");
      repository.pushImage("v1");
      for (int i = 0; i < 5; i++) {
        repository.getManifest("v1").expect(200);
      }
      assertThat(server.stop()).isZero();
      server.launch();
      assertThat(
              server
                  .administrator()
                  .get("/api/v2.0/projects/library/repositories/counted")
                  .expect(200)
                  .json()
                  .path("pull_count")
                  .asInt())
          .isEqualTo(5);
    }
  }

  private static boolean accepts(OrlopServer server) {
    try (RawClient client = new RawClient(server)) {
      client.begin("GET", "/api/v2.0/ping", 0);
      return client.answer().startsWith("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static String group(long pid) throws IOException {
    List<String> command = List.of("ps", "-o", "pgid=", "-p", Long.toString(pid));
    Process ps = new ProcessBuilder(command).start();
    return new String(ps.getInputStream().readAllBytes(), ISO_8859_1).strip();
  }
}
