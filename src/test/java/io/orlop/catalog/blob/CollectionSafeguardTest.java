package io.orlop.catalog.blob;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.catalog.blob.CollectionPlay.Before;
import io.orlop.catalog.blob.CollectionPlay.Role;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.weave.Schedule;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each safeguard of collection is needed: without it some order of a play goes wrong. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class CollectionSafeguardTest {
  private static final Logger LOG = Logger.getLogger(CollectionSafeguardTest.class);

  @Inject CollectionPlay play;

  @AfterEach
  void cleanUp() {
    play.reset();
  }

  /** What the protocol consists of, as far as it is said in statements. */
  enum Safeguard {
    CONDEMNING_LOCKS_THE_ROW(
        Before.UNLINKED, Role.PUSH_THEN_PUT, "SELECT b.id FROM blob b", "FOR UPDATE SKIP LOCKED"),
    LINKING_LOOKS_AGAIN_WITH_THE_LOCK(
        Before.UNLINKED, Role.PUSH_THEN_PUT, "live AS", "FOR KEY SHARE"),
    A_PROMISE_RENEWS_THE_GRACE(
        Before.STALE, Role.HEAD_THEN_PUT, "UPDATE repository_blob SET touched_at", "now()");

    private final Before before;
    private final Role role;
    private final String statement;
    private final String words;

    Safeguard(Before before, Role role, String statement, String words) {
      this.before = before;
      this.role = role;
      this.statement = statement;
      this.words = words;
    }

    String without(String sql) {
      String instead = words.equals("now()") ? "touched_at" : "";
      return sql.contains(statement) ? sql.replace(words, instead) : sql;
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutASafeguardSomeOrderGoesWrong(Safeguard safeguard) {
    play.rewrite(safeguard::without);
    Schedule.Exhaustive schedule = new Schedule.Exhaustive(2);
    assertThatThrownBy(
            () -> {
              do {
                play.run(safeguard.before, List.of(safeguard.role, Role.COLLECT), schedule);
              } while (schedule.advance());
            })
        .satisfies(e -> LOG.infof("%s: %s", safeguard, e))
        .isInstanceOf(AssertionError.class)
        .rootCause()
        .hasMessageNotContaining("Choice ");
  }
}
