package io.orlop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void takesTheMiddleOfAnOddNumberOfRounds() {
    Statistics statistics = Statistics.of(List.of(9.0, 1.0, 4.0));

    assertThat(statistics).isEqualTo(new Statistics(4, 1, 9, 3));
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
    assertThat(Statistics.of(List.of(8.0, 1.0, 4.0, 2.0)).median()).isEqualTo(3);
  }

  @Test
  void refusesToSummariseNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.of(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.percentile(new long[0], 0.5));
  }

  @Test
  void dividesMedians() {
    Statistics peer = Statistics.of(List.of(10.0, 50.0, 90.0));
    Statistics own = Statistics.of(List.of(100.0));

    assertThat(peer.ratioTo(own)).isEqualTo(0.5);
  }

  @Test
  void findsTheValueThatAShareDoesNotExceed() {
    long[] hundred = LongStream.rangeClosed(1, 100).map(value -> 101 - value).toArray();

    assertThat(Statistics.percentile(hundred, 0.99)).isEqualTo(99);
    assertThat(Statistics.percentile(hundred, 0.5)).isEqualTo(50);
    assertThat(Statistics.percentile(hundred, 1)).isEqualTo(100);
    assertThat(Statistics.percentile(new long[] {7}, 0.99)).isEqualTo(7);
  }
}
