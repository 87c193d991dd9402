package io.orlop.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JointQueryTest {
  private static final int ASKERS = 20;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<List<Integer>> statements = new CopyOnWriteArrayList<>();
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicBoolean inTransaction = new AtomicBoolean();
  private final JointQuery<Integer, String> query =
      new JointQuery<>(this::answer, inTransaction::get);

  @AfterEach
  void end() {
    open.countDown();
    threads.close();
  }

  @Test
  void loneQuestionIsAStatementOfItsOwn() {
    open.countDown();
    assertThat(query.ask(1)).isEqualTo("answer 1");
    assertThat(query.ask(2)).isEqualTo("answer 2");
    assertThat(statements).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void whoeverAsksWhileStatementsRunSharesTheNext() throws Exception {
    List<Future<String>> first = ask(0, 2);
    await().until(() -> statements.size() == 2);
    List<Future<String>> later = ask(2, ASKERS);
    open.countDown();
    expectAnswers(first, 0);
    expectAnswers(later, 2);
    assertThat(statements.stream().mapToInt(List::size).sum()).isEqualTo(ASKERS);
    assertThat(statements).hasSizeLessThan(ASKERS);
  }

  /** Else a change that was answered before the question would be missed. */
  @Test
  void noQuestionIsAnsweredByAStatementThatBeganBeforeIt() throws Exception {
    AtomicInteger version = new AtomicInteger();
    JointQuery<Integer, Integer> versions =
        new JointQuery<>(
            questions -> {
              int now = version.get();
              return questions.stream().map(_ -> now).toList();
            },
            () -> false);
    List<Future<Boolean>> readers = new ArrayList<>();
    for (int reader = 0; reader < ASKERS; reader++) {
      readers.add(
          threads.submit(() -> {
            for (int i = 0; i < 2_000; i++) {
              int written = version.incrementAndGet();
              if (versions.ask(i) < written) {
                return false;
              }
            }
            return true;
          }));
    }
    for (Future<Boolean> reader : readers) {
      assertThat(reader.get()).isTrue();
    }
  }

  @Test
  void questionThatTheDatabaseRefusesSpoilsNoOther() throws Exception {
    List<Future<String>> first = ask(0, 2);
    await().until(() -> statements.size() == 2);
    Future<String> refused = threads.submit(() -> query.ask(-1));
    List<Future<String>> later = ask(2, ASKERS);
    open.countDown();
    expectAnswers(first, 0);
    expectAnswers(later, 2);
    assertThatThrownBy(refused::get).hasCauseInstanceOf(DatabaseException.class);
    assertThat(query.ask(3)).isEqualTo("answer 3");
  }

  @Test
  void failureThatIsNoRefusalLeavesNobodyWaiting() throws Exception {
    List<Future<String>> first = ask(0, 2);
    await().until(() -> statements.size() == 2);
    List<Future<String>> broken = new ArrayList<>();
    for (int i = 0; i < ASKERS; i++) {
      broken.add(threads.submit(() -> query.ask(-2)));
    }
    open.countDown();
    expectAnswers(first, 0);
    for (Future<String> asker : broken) {
      assertThatThrownBy(asker::get).hasCauseInstanceOf(IllegalStateException.class);
    }
    assertThat(query.ask(3)).isEqualTo("answer 3");
  }

  @Test
  void questionInsideATransactionIsNotShared() throws Exception {
    List<Future<String>> first = ask(0, 2);
    await().until(() -> statements.size() == 2);
    inTransaction.set(true);
    List<Future<String>> later = ask(2, ASKERS);
    await().until(() -> statements.size() == ASKERS);
    open.countDown();
    expectAnswers(first, 0);
    expectAnswers(later, 2);
    assertThat(statements).allMatch(statement -> statement.size() == 1);
  }

  private List<Future<String>> ask(int from, int to) {
    List<Future<String>> asked = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int question = i;
      CompletableFuture<String> answer = new CompletableFuture<>();
      threads.execute(() -> answer.complete(query.ask(question)));
      asked.add(answer);
    }
    return asked;
  }

  private static void expectAnswers(List<Future<String>> answers, int from) throws Exception {
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get()).isEqualTo("answer " + (from + i));
    }
  }

  private List<String> answer(List<Integer> questions) {
    statements.add(questions);
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (questions.contains(-1)) {
      throw DatabaseException.of(new SQLException("invalid", "22021"));
    }
    if (questions.contains(-2)) {
      throw new IllegalStateException("broken");
    }
    return questions.stream().map(question -> "answer " + question).toList();
  }
}
