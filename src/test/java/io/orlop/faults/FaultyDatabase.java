package io.orlop.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.faults.DatabaseProxy.Moment;
import io.orlop.faults.Deed.Attempt;
import io.orlop.platform.crypto.MasterKey;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.ExternalPostgres;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RepositoryClient;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** A server whose connections to its database can be lost, and what it has to do then. */
final class FaultyDatabase implements AutoCloseable {
  private final ExternalPostgres postgres = ExternalPostgres.start();
  private final DatabaseProxy proxy;
  private final OrlopServer server;

  /** Prepares the server; it is not launched. */
  FaultyDatabase() throws IOException {
    proxy = new DatabaseProxy(postgres.port());
    server =
        postgres
            .configure(OrlopServer.on(OrlopServer.newData()))
            .with(
                "ORLOP_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:%d/orlop?sslmode=disable&prepareThreshold=0"
                    .formatted(proxy.port()))
            .with("ORLOP_MASTER_KEY", MasterKey.generate())
            // One goes on at a time: what does not leave its place is soon in the way.
            .with("ORLOP_UPLOAD_RUNNING_PER_CALLER", "3");
  }

  OrlopServer server() {
    return server;
  }

  DatabaseProxy proxy() {
    return proxy;
  }

  /** Connects to the database by a way of its own. */
  Connection connect() throws SQLException {
    return postgres.connect();
  }

  /**
   * Loses the connection at the statements of every deed, one by one.
   *
   * @param byToken how the deeds are done, see {@link Deeds}
   * @param chosen at which statements
   * @param calm waits until the server remembers what it serves, if it does
   */
  void loseStatements(boolean byToken, BiPredicate<Moment, String> chosen, Optional<Runnable> calm)
      throws SQLException {
    try (Connection database = connect()) {
      Deeds deeds = new Deeds(server.administrator(), new DatabaseTruth(database), byToken);
      for (Deed deed : deeds.all()) {
        for (Moment moment : Moment.values()) {
          loseStatements(deed, moment, sql -> chosen.test(moment, sql), calm);
        }
      }
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + server.log(), e);
    }
  }

  private void loseStatements(
      Deed deed, Moment moment, Predicate<String> chosen, Optional<Runnable> calm) {
    boolean lost = true;
    for (int statement = 1; lost; statement++) {
      calm.ifPresent(Runnable::run);
      Attempt attempt = deed.prepare().get();
      proxy.loseAt(statement, moment, chosen);
      Answer answer = attempt.request().get();
      Optional<String> sql = proxy.lost();
      String what =
          "%s, lost %s %s: %s".formatted(deed.name(), moment, sql.orElse("nothing"), answer);
      lost = sql.isPresent();
      attempt.truth().ifPresent(truth -> check(what, truth));
      if (calm.isPresent() && attempt.truth().isPresent()) {
        calm.get().run();
        check("a while ago, " + what, attempt.truth().get());
      }
      if (answer.status() == attempt.success()) {
        check(what, attempt.effect());
      } else {
        assertThat(lost).as(what).isTrue();
        assertThat(answer.status()).as(what).isEqualTo(503);
        assertThat(answer.text()).as(what).contains("the database does not answer, try again");
        check(what, attempt.again());
      }
      assertThat(statement).as(what).isLessThan(100);
    }
  }

  private static void check(String what, Runnable check) {
    try {
      check.run();
    } catch (AssertionError e) {
      throw new AssertionError(what, e);
    }
  }

  /** Checks all that holds at any time, and that every upload that is left can be ended. */
  void checkWhatIsLeft() throws IOException, SQLException {
    try (Connection database = connect()) {
      new Invariants(server.administrator(), server.data()).check(database);
      endUploads(database);
      assertThat(open(database)).as("uploads that are left").isZero();
    }
  }

  private void endUploads(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT repository, id FROM upload_session")) {
      while (rows.next()) {
        RepositoryClient repository = server.administrator().repository(rows.getString(1));
        URI upload =
            URI.create(
                "%s/v2/%s/blobs/uploads/%s"
                    .formatted(server.url(), repository.name(), rows.getString(2)));
        repository.cancel(upload).expect(204);
        repository.status(upload).expect(404);
      }
    }
  }

  private static int open(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM upload_session")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Override
  public void close() throws IOException {
    try (postgres;
        proxy) {
      server.close();
    }
  }
}
