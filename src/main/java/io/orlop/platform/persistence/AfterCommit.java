package io.orlop.platform.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Consumer;

/** Runs what must not happen before the current transaction has ended. */
@ApplicationScoped
public class AfterCommit {
  private final TransactionSynchronizationRegistry transactions;

  AfterCommit(TransactionSynchronizationRegistry transactions) {
    this.transactions = transactions;
  }

  /** Tells whether the calling thread is in a transaction. */
  public boolean inTransaction() {
    return transactions.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
  }

  /**
   * Runs work when the current transaction has committed, before its caller goes on; never if it
   * does not commit. Outside of a transaction it is run at once.
   *
   * @param work waits for nothing and does not use the database
   */
  public void run(Runnable work) {
    if (inTransaction()) {
      transactions.registerInterposedSynchronization(new Hook(work));
    } else {
      work.run();
    }
  }

  /**
   * Runs work when the current transaction has ended, however it did, before its caller goes on.
   *
   * @param work takes whether it has committed; waits for nothing and does not use the database
   * @return false if there is none that could end, or it has to roll back anyway
   */
  public boolean runAtEnd(Consumer<Boolean> work) {
    if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
      return false;
    }
    transactions.registerInterposedSynchronization(new End(work));
    return true;
  }

  private record End(Consumer<Boolean> work) implements Synchronization {
    @Override
    public void beforeCompletion() {
      // It has not ended.
    }

    @Override
    public void afterCompletion(int status) {
      work.accept(status == Status.STATUS_COMMITTED);
    }
  }

  private record Hook(Runnable work) implements Synchronization {
    @Override
    public void beforeCompletion() {
      // Nothing has happened yet.
    }

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        work.run();
      }
    }
  }
}
