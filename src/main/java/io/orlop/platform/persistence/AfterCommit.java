package io.orlop.platform.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Runs what must not happen unless the current transaction commits. */
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
