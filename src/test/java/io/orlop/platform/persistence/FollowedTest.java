package io.orlop.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FollowedTest {
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicBoolean current = new AtomicBoolean(true);
  private final AtomicBoolean inTransaction = new AtomicBoolean();
  private final Followed<Integer> value =
      new Followed<>(loads::incrementAndGet, current::get, inTransaction::get);

  @Test
  void isReadOnceUntilItChanges() {
    assertThat(value.get()).isEqualTo(1);
    assertThat(value.get()).isEqualTo(1);

    value.forget();

    assertThat(value.get()).isEqualTo(2);
    assertThat(value.get()).isEqualTo(2);
  }

  @Test
  void isReadEachTimeWhileChangesAreNotHeardOf() {
    assertThat(value.get()).isEqualTo(1);

    current.set(false);

    assertThat(value.get()).isEqualTo(2);
    assertThat(value.get()).isEqualTo(3);
  }

  @Test
  void whatATransactionSawIsNotRemembered() {
    inTransaction.set(true);

    assertThat(value.get()).isEqualTo(1);
    assertThat(value.get()).isEqualTo(2);
  }

  @Test
  void whatWasReadBeforeAChangeIsNotRememberedAfterIt() {
    AtomicReference<Followed<Integer>> changing = new AtomicReference<>();
    Followed<Integer> slow =
        new Followed<>(
            () -> {
              int read = loads.incrementAndGet();
              if (read == 1) {
                changing.get().forget();
              }
              return read;
            },
            () -> true,
            () -> false);
    changing.set(slow);

    assertThat(slow.get()).isEqualTo(1);
    assertThat(slow.get()).isEqualTo(2);
    assertThat(slow.get()).isEqualTo(2);
  }
}
