package io.orlop.catalog.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.catalog.blob.CollectionPlay.Before;
import io.orlop.catalog.blob.CollectionPlay.Role;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.weave.Schedule;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pushes against garbage collection, interleaved at every statement.
 *
 * <p>{@code -Dweave.interruptions=99} tries all orders without exception, {@code -Dweave.rounds}
 * and {@code -Dweave.seed} say how many orders of larger casts are tried by chance, and which
 * first.
 */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class CollectionRaceTest {
  private static final Logger LOG = Logger.getLogger(CollectionRaceTest.class);
  private static final List<Before> BEGINNINGS = List.of(Before.values());

  @Inject CollectionPlay play;

  @AfterEach
  void cleanUp() {
    play.reset();
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(Before.STALE, List.of(Role.HEAD_THEN_PUT, Role.COLLECT)),
        Arguments.of(Before.STALE, List.of(Role.MOUNT_THEN_PUT, Role.COLLECT)),
        Arguments.of(Before.STALE, List.of(Role.PUSH_THEN_PUT, Role.COLLECT)),
        Arguments.of(Before.UNLINKED, List.of(Role.PUSH_THEN_PUT, Role.COLLECT)),
        Arguments.of(Before.CONDEMNED, List.of(Role.PUSH_THEN_PUT, Role.COLLECT)),
        Arguments.of(Before.DAMAGED, List.of(Role.PUSH_THEN_PUT, Role.COLLECT)),
        Arguments.of(Before.DAMAGED, List.of(Role.PUSH_THEN_PUT, Role.PUSH_ELSEWHERE)),
        Arguments.of(Before.UNLINKED, List.of(Role.COLLECT, Role.COLLECT_TOO)),
        Arguments.of(
            Before.NAMED, List.of(Role.HEAD_THEN_PUT, Role.DELETE_MANIFEST, Role.COLLECT)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void inEveryOrder(Before before, List<Role> cast) throws Exception {
    Schedule.Exhaustive schedule =
        new Schedule.Exhaustive(Integer.getInteger("weave.interruptions", 1));
    int orders = 0;
    do {
      play.run(before, cast, schedule);
      orders++;
    } while (schedule.advance());
    LOG.infof("%s %s: %d orders", before, cast, orders);
    assertThat(orders).isGreaterThan(5);
  }

  @Test
  void manyAtOnceInOrdersOfChanceWithCollectorsThatDie() throws Exception {
    int rounds = Integer.getInteger("weave.rounds", 50);
    long seed = Long.getLong("weave.seed", System.nanoTime());
    for (int round = 0; round < rounds; round++, seed++) {
      Random random = new Random(seed);
      Before before = BEGINNINGS.get(random.nextInt(BEGINNINGS.size()));
      List<Role> cast = new ArrayList<>(List.of(Role.COLLECT, Role.COLLECT_TOO));
      for (Role role : Role.values()) {
        if (!cast.contains(role) && random.nextBoolean()) {
          cast.add(role);
        }
      }
      try {
        play.run(before, cast, Schedule.random(seed, List.of(0, 1)));
      } catch (AssertionError e) {
        throw new AssertionError("Try again with -Dweave.rounds=1 -Dweave.seed=" + seed, e);
      }
    }
  }
}
