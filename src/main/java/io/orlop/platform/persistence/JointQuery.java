package io.orlop.platform.persistence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Answers questions of one kind, many with one statement: whoever asks while statements are running
 * waits for the next one, together with all others who do. A lone question is a statement of its
 * own and waits for nobody.
 *
 * <p>No answer is older than its question: a statement answers only what was asked before it began.
 * So nothing is ever stale, whichever process changes the database.
 *
 * <p>Inside a transaction each question is a statement of its own, since it is to see what the
 * transaction has done.
 *
 * @param <Q> a question
 * @param <A> an answer
 */
public final class JointQuery<Q, A> {
  /** While one is under way, the next one can be made ready or read. */
  private static final int SIDE_BY_SIDE = 2;

  /** Bounds the memory of one statement's parameters and rows. */
  private static final int MOST = 64;

  private final Statement<Q, A> statement;
  private final BooleanSupplier inTransaction;
  private final Deque<Asked<Q, A>> waiting = new ArrayDeque<>();
  private int running;

  /** One statement that answers many questions. */
  @FunctionalInterface
  public interface Statement<Q, A> {
    /** Returns the answers in the order of the questions. */
    List<A> answer(List<Q> questions);
  }

  JointQuery(Statement<Q, A> statement, BooleanSupplier inTransaction) {
    this.statement = statement;
    this.inTransaction = inTransaction;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws DatabaseException if the database refuses or does not answer
   */
  public A ask(Q question) {
    if (inTransaction.getAsBoolean()) {
      return alone(question);
    }
    Asked<Q, A> mine = new Asked<>(question, new CompletableFuture<>());
    if (begin(mine)) {
      return lead(List.of(mine));
    }
    return switch (mine.turn().join()) {
      case Turn.Answered<Q, A> answered -> answered.answer();
      case Turn.Alone<Q, A> _ -> alone(question);
      case Turn.Lead<Q, A> lead -> lead(lead.asked());
    };
  }

  private A alone(Q question) {
    return statement.answer(List.of(question)).getFirst();
  }

  /** Tells whether this question begins a statement; otherwise it has joined the others. */
  private synchronized boolean begin(Asked<Q, A> mine) {
    if (running < SIDE_BY_SIDE) {
      running++;
      return true;
    }
    waiting.add(mine);
    return false;
  }

  /** Runs a statement for all who ask by it, of whom the first is the caller. */
  private A lead(List<Asked<Q, A>> asked) {
    List<A> answers = List.of();
    try {
      answers = statement.answer(asked.stream().map(Asked::question).toList());
    } catch (DatabaseException e) {
      if (asked.size() == 1) {
        throw e;
      }
      // One question that the database refuses must not spoil the others: each goes on alone.
    } finally {
      handOver();
      tell(asked, answers);
    }
    return answers.isEmpty() ? alone(asked.getFirst().question()) : answers.getFirst();
  }

  /** Lets the first of those who wait run the next statement, for all who wait by now. */
  private synchronized void handOver() {
    if (waiting.isEmpty()) {
      running--;
      return;
    }
    List<Asked<Q, A>> next = new ArrayList<>(Math.min(waiting.size(), MOST));
    while (!waiting.isEmpty() && next.size() < MOST) {
      next.add(waiting.remove());
    }
    next.getFirst().turn().complete(new Turn.Lead<>(next));
  }

  private static <Q, A> void tell(List<Asked<Q, A>> asked, List<A> answers) {
    for (int i = 1; i < asked.size(); i++) {
      asked
          .get(i)
          .turn()
          .complete(answers.isEmpty() ? new Turn.Alone<>() : new Turn.Answered<>(answers.get(i)));
    }
  }

  /** A question, and what its asker is to do next. */
  private record Asked<Q, A>(Q question, CompletableFuture<Turn<Q, A>> turn) {}

  private sealed interface Turn<Q, A> {
    record Answered<Q, A>(A answer) implements Turn<Q, A> {}

    record Lead<Q, A>(List<Asked<Q, A>> asked) implements Turn<Q, A> {}

    record Alone<Q, A>() implements Turn<Q, A> {}
  }
}
