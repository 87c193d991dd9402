package io.orlop.system.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OldGenerationTest {
  private static final long MIB = 1L << 20;

  private long used;
  private long alive = 30 * MIB;
  private int collections;
  private final OldGeneration old = new OldGeneration(() -> used, this::collect);

  private void collect() {
    collections++;
    used = alive;
  }

  private int collectionsAt(long mib) {
    used = mib * MIB;
    old.look();
    return collections;
  }

  @Test
  void isCollectedWhenStartingIsOver() {
    assertThat(collectionsAt(3)).isEqualTo(1);
  }

  @Test
  void isLeftAloneWhileItIsSmall() {
    alive = 10 * MIB;
    assertThat(collectionsAt(20)).isEqualTo(1);
    assertThat(collectionsAt(32)).isEqualTo(1);
    assertThat(collectionsAt(33)).isEqualTo(2);
  }

  @Test
  void isCollectedOnceItHasGrown() {
    assertThat(collectionsAt(33)).isEqualTo(1);
    assertThat(collectionsAt(46)).isEqualTo(1);
    assertThat(collectionsAt(47)).isEqualTo(2);
  }

  @Test
  void isNotCollectedAgainAndAgainWhenMuchIsAlive() {
    alive = 90 * MIB;
    assertThat(collectionsAt(91)).isEqualTo(1);
    assertThat(collectionsAt(106)).isEqualTo(1);
    assertThat(collectionsAt(107)).isEqualTo(2);
  }

  @Test
  void isCollectedSoonAgainWhenLessIsAliveThanBefore() {
    alive = 90 * MIB;
    assertThat(collectionsAt(100)).isEqualTo(1);
    alive = 30 * MIB;
    assertThat(collectionsAt(120)).isEqualTo(2);
    assertThat(collectionsAt(57)).isEqualTo(3);
  }
}
