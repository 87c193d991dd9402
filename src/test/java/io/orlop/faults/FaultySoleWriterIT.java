package io.orlop.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.faults.DatabaseProxy.Moment;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RepositoryClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * As {@link FaultyDatabaseIT}, while the server is the only one that changes content, as it is with
 * a database of its own: uploads begin without a row, go on from memory, and pulls ask nobody. What
 * may have changed by a statement that was lost is not answered from memory, neither at once nor
 * when things are remembered again.
 *
 * <p>That takes more than a second after each loss. So clients come with tokens, and a few deeds
 * are not disturbed at all: lost are statements that have changed content or uploads, and, before
 * they are done, those of uploads that memory alone knows. {@code -Dorlop.faults.all=true} loses
 * all.
 */
class FaultySoleWriterIT {
  private static final boolean ALL = Boolean.getBoolean("orlop.faults.all");
  private static final Pattern CHANGES =
      Pattern.compile(
          "\\b(INSERT INTO (?!repository )|UPDATE \\w+ SET|DELETE FROM|artifacts_delete)\\b");
  private static final Pattern ROWS =
      Pattern.compile("\\b(INTO upload_session AS|FROM upload_session USING)\\b");

  /** What a pull asks: background work may ask for something else meanwhile. */
  private static final String QUESTION = "SELECT q.n, ";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private FaultyDatabase faulty;
  private OrlopServer server;

  @BeforeEach
  void launch() throws IOException {
    faulty = new FaultyDatabase();
    server =
        faulty
            .server()
            .with(
                SoleWriter.OPTIONS_PROPERTY.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT),
                SoleWriter.OPTIONS);
    server.launch();
  }

  @AfterEach
  void close() throws IOException {
    faulty.close();
  }

  @Test
  void tellsTheTruthWhateverStatementIsLost() throws Exception {
    awaitMemory();
    RepositoryClient pulled = pushAndPull("library/before");
    assertAsksNobody(pulled);
    faulty.loseStatements(true, FaultySoleWriterIT::isChosen, Optional.of(this::awaitMemory));
    assertAsksNobody(pulled);
    loseTheLock(pulled);
    awaitMemory();
    faulty.checkWhatIsLeft();
    assertThat(says("orlop_uploads_open 0.0")).as("no upload is left in memory").isTrue();
    // No statement of the server's own had to wait for the lock.
    assertThat(server.log()).doesNotContain("Content is changed from outside");
  }

  private static boolean isChosen(Moment moment, String sql) {
    return ALL || (moment == Moment.AFTER ? CHANGES : ROWS).matcher(sql).find();
  }

  /** Else nothing here would prove anything. */
  private void assertAsksNobody(RepositoryClient pulled) {
    awaitMemory();
    pulled.getManifest("latest").expect(200);
    faulty.proxy().loseAt(1, Moment.BEFORE, sql -> sql.contains(QUESTION));
    var answers = List.of(pulled.getManifest("latest"), pulled.headManifest("latest"));
    assertThat(faulty.proxy().lost()).isEmpty();
    answers.forEach(answer -> answer.expect(200));
  }

  /** Whoever changes something by hand waits for the lock: what holds it must be known by then. */
  private void loseTheLock(RepositoryClient pulled) throws Exception {
    faulty.proxy().loseSoleWriter();
    try (Connection database = faulty.connect();
        PreparedStatement statement =
            database.prepareStatement(
                "DELETE FROM tag t USING repository r WHERE r.id = t.repository_id AND r.name = ?")) {
      statement.setString(1, pulled.name());
      assertThat(statement.executeUpdate()).isOne();
    }
    awaitMemory();
    pulled.getManifest("latest").expect(404);
  }

  private RepositoryClient pushAndPull(String name) {
    RepositoryClient repository = server.administrator().repository(name);
    repository.pushImage("latest");
    RepositoryClient puller = Deeds.withToken(repository, "pull", List.of());
    puller.getManifest("latest").expect(200);
    return puller;
  }

  private void awaitMemory() {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> says("orlop_content_remembered 1.0"));
  }

  private boolean says(String figure) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(server.metrics()).build(), BodyHandlers.ofString())
        .body()
        .lines()
        .anyMatch(figure::equals);
  }
}
