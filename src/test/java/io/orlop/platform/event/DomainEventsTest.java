package io.orlop.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class DomainEventsTest {
  @Inject DomainEvents events;
  @Inject Overheard overheard;

  private final String thing = UUID.randomUUID().toString();

  private void happen() {
    events.happened(
        new DomainEvent.Administered(OptionalLong.empty(), "create", Overheard.KIND, thing));
  }

  @Test
  void whatHappensOutsideOfTransactionsIsToldAtOnce() {
    happen();

    assertThat(overheard.things()).contains(thing);
  }

  @Test
  void whatHappensInATransactionIsToldWhenItCommits() {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          happen();
          assertThat(overheard.things()).doesNotContain(thing);
        });

    assertThat(overheard.things()).containsOnlyOnce(thing);
  }

  @Test
  void whatIsRolledBackIsToldToNobody() {
    assertThatThrownBy(() ->
            QuarkusTransaction.requiringNew()
                .run(() -> {
                  happen();
                  throw new IllegalStateException("to roll back");
                }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(overheard.things()).doesNotContain(thing);
  }
}
