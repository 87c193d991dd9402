package io.orlop.platform.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {

  @Test
  void isSpentFromItsLimitOnUntilBytesAreGivenBack() {
    ByteBudget budget = new ByteBudget(100);
    budget.add(99);
    assertThat(budget.isSpent()).isFalse();
    budget.add(1);
    assertThat(budget.isSpent()).isTrue();
    budget.add(-1);
    assertThat(budget.isSpent()).isFalse();
    assertThat(budget.held()).isEqualTo(99);
  }
}
