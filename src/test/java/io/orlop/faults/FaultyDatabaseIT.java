package io.orlop.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.faults.DatabaseProxy.Moment;
import io.orlop.faults.Deed.Attempt;
import io.orlop.platform.crypto.MasterKey;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.ExternalPostgres;
import io.orlop.testsupport.OrlopServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Loses the connection to the database at every statement of everything that a client does, before
 * PostgreSQL has it and after PostgreSQL has done it. Whatever is answered is true, an error says
 * that it is the registry's, and the client that tries again reaches its goal.
 */
class FaultyDatabaseIT {

  @Test
  void tellsTheTruthWhateverStatementIsLost() throws Exception {
    try (ExternalPostgres postgres = ExternalPostgres.start();
        DatabaseProxy proxy = new DatabaseProxy(postgres.port());
        OrlopServer server = OrlopServer.on(OrlopServer.newData())) {
      postgres
          .configure(server)
          .with(
              "ORLOP_DATABASE_URL",
              "jdbc:postgresql://127.0.0.1:%d/orlop?sslmode=disable&prepareThreshold=0"
                  .formatted(proxy.port()))
          .with("ORLOP_MASTER_KEY", MasterKey.generate())
          .launch();
      try {
        for (Deed deed : new Deeds(server.administrator()).all()) {
          for (Moment moment : Moment.values()) {
            loseEveryStatementOf(deed, proxy, moment);
          }
        }
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\n" + server.log(), e);
      }
      try (var database = postgres.connect()) {
        new Invariants(server.administrator(), server.data()).check(database);
      }
    }
  }

  private static void loseEveryStatementOf(Deed deed, DatabaseProxy proxy, Moment moment) {
    boolean lost = true;
    for (int statement = 1; lost; statement++) {
      Attempt attempt = deed.prepare().get();
      proxy.loseAt(statement, moment);
      Answer answer = attempt.request().get();
      Optional<String> sql = proxy.lost();
      String what =
          "%s, lost %s %s: %s".formatted(deed.name(), moment, sql.orElse("nothing"), answer);
      lost = sql.isPresent();
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
}
