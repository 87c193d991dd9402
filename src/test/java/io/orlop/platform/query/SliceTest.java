package io.orlop.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SliceTest {
  @Test
  void writesTheSizeOfAPageAndPassesTheRest() {
    assertThat(new Slice(15, 0).sql()).isEqualTo(" LIMIT 15");
    assertThat(new Slice(15, 0).parameters()).isEmpty();
    assertThat(new Slice(15, 30).sql()).isEqualTo(" LIMIT 15 OFFSET ?");
    assertThat(new Slice(15, 30).parameters()).containsExactly(30L);
    assertThat(new Slice(Long.MAX_VALUE, 0).sql()).isEqualTo(" LIMIT ?");
    assertThat(new Slice(Long.MAX_VALUE, 0).parameters()).containsExactly(Long.MAX_VALUE);
    assertThat(new Slice(101, 5).sql()).isEqualTo(" LIMIT ? OFFSET ?");
    assertThat(new Slice(101, 5).parameters()).containsExactly(101L, 5L);
  }

  @Test
  void isTheSamePartFromTheOtherEnd() {
    assertThat(new Slice(10, 85).fromEnd(100)).isEqualTo(new Slice(10, 5));
    assertThat(new Slice(10, 95).fromEnd(100)).isEqualTo(new Slice(5, 0));
    assertThat(new Slice(Long.MAX_VALUE, 60).fromEnd(100)).isEqualTo(new Slice(40, 0));
  }
}
