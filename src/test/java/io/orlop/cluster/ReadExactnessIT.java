package io.orlop.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.oci.Digest;
import io.orlop.platform.crypto.MasterKey;
import io.orlop.system.postgres.RunningPostgres;
import io.orlop.testsupport.ExternalPostgres;
import io.orlop.testsupport.OrlopServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Two processes on one database: what one has answered, the other knows. And one process that
 * remembers what it read of a database of its own, whoever changes it. 10,000 rounds by {@code
 * -Drounds=10000}.
 */
class ReadExactnessIT {
  private static final int ROUNDS = Integer.getInteger("rounds", 400);
  private static final int BYSTANDERS = 3;
  private static final String REPOSITORY = "/v2/library/exact";
  private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String masterKey = MasterKey.generate();
  private String token = "";

  @Test
  void nothingThatIsReadIsOlderThanAnAnswerOfTheOther() throws Exception {
    try (ExternalPostgres postgres = ExternalPostgres.start();
        OrlopServer first = server(postgres, OrlopServer.newData())) {
      first.launch();
      try (OrlopServer second = server(postgres, SameStore.as(first))) {
        second.launch();
        token = token(first);
        moveAndDelete(first, second);
      }
    }
  }

  @Test
  void nothingThatOneProcessRemembersIsOlderThanAnAnswerOfIt() throws Exception {
    try (OrlopServer server = OrlopServer.start()) {
      token = token(server);
      moveAndDelete(server, server);
      moveByHand(server);
    }
  }

  private void moveByHand(OrlopServer server) throws Exception {
    for (int round = 0; round < 3; round++) {
      assertThat(push(server, "/manifests/still", index(round)).statusCode()).isEqualTo(201);
      assertThat(push(server, "/manifests/moving", index(round + 1)).statusCode()).isEqualTo(201);
    }
    assertThat(get(server, "/manifests/moving").body()).isEqualTo(index(3));
    RunningPostgres postgres = RunningPostgres.find(server.data().resolve("postgres"));
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE tag t SET artifact_id = s.artifact_id FROM tag s"
              + " WHERE t.name = 'moving' AND s.name = 'still'");
      assertThat(get(server, "/manifests/moving").body()).isEqualTo(index(2));
      connection.setAutoCommit(false);
      statement.executeUpdate("DELETE FROM tag WHERE name = 'moving'");
      assertThat(get(server, "/manifests/moving").body()).isEqualTo(index(2));
      connection.commit();
      assertThat(get(server, "/manifests/moving").statusCode()).isEqualTo(404);
    }
  }

  private void moveAndDelete(OrlopServer first, OrlopServer second) throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    try (ExecutorService bystanders = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int i = 0; i < BYSTANDERS; i++) {
          bystanders.execute(() -> readUntil(ended, second));
        }
        for (int round = 0; round < ROUNDS; round++) {
          // So that what is kept in memory is now the right one, now an old one.
          moveAndDelete(round % 2 == 0 ? first : second, round % 2 == 0 ? second : first, round);
        }
      } finally {
        ended.set(true);
      }
    }
  }

  /** Gives the other reader somebody to share statements with. */
  private void readUntil(AtomicBoolean ended, OrlopServer server) {
    try {
      while (!ended.get()) {
        get(server, "/manifests/moving");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void moveAndDelete(OrlopServer writer, OrlopServer reader, int round) throws Exception {
    byte[] index = index(round % 3);
    assertThat(push(writer, "/manifests/moving", index).statusCode()).isEqualTo(201);
    HttpResponse<byte[]> pulled = get(reader, "/manifests/moving");
    assertThat(pulled.body()).as("round %d", round).isEqualTo(index);
    assertThat(pulled.headers().firstValue("Docker-Content-Digest"))
        .contains(Digest.of(index).toString());
    if (round % 5 == 4) {
      HttpResponse<byte[]> deleted = send(writer, "/manifests/moving", request -> request.DELETE());
      assertThat(deleted.statusCode()).isEqualTo(202);
      HttpResponse<byte[]> gone = get(reader, "/manifests/moving");
      assertThat(gone.statusCode()).as("round %d", round).isEqualTo(404);
      HttpResponse<byte[]> tags = get(reader, "/tags/list");
      assertThat(new String(tags.body(), UTF_8)).doesNotContain("moving");
    }
  }

  private static byte[] index(int number) {
    return """
    {"schemaVersion":2,"mediaType":"%s","manifests":[],"annotations":{"n":"%d"}}\
    """
        .formatted(INDEX_TYPE, number)
        .getBytes(UTF_8);
  }

  private HttpResponse<byte[]> push(OrlopServer server, String path, byte[] index)
      throws IOException, InterruptedException {
    return send(
        server,
        path,
        request ->
            request.header("Content-Type", INDEX_TYPE).PUT(BodyPublishers.ofByteArray(index)));
  }

  private HttpResponse<byte[]> get(OrlopServer server, String path)
      throws IOException, InterruptedException {
    return send(server, path, request -> request.GET());
  }

  private interface Sent {
    HttpRequest.Builder as(HttpRequest.Builder request);
  }

  private HttpResponse<byte[]> send(OrlopServer server, String path, Sent sent)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + REPOSITORY + path))
            .header("Authorization", "Bearer " + token);
    return http.send(sent.as(request).build(), BodyHandlers.ofByteArray());
  }

  private String token(OrlopServer server) throws IOException, InterruptedException {
    String pair = "admin:" + server.adminPassword();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    server.url()
                        + "/service/token?service=harbor-registry"
                        + "&scope=repository:library/exact:pull,push,delete"))
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)))
            .build();
    byte[] body = http.send(request, BodyHandlers.ofByteArray()).body();
    return new ObjectMapper().readTree(body).path("token").asText();
  }

  private OrlopServer server(ExternalPostgres postgres, Path data) {
    return postgres.configure(OrlopServer.on(data)).with("ORLOP_MASTER_KEY", masterKey);
  }
}
