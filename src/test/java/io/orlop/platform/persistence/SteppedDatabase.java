package io.orlop.platform.persistence;

import io.orlop.testsupport.weave.Turns;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of all tests. Threads that are actors of a {@link io.orlop.testsupport.weave.Weaver}
 * wait for their turn before each statement about content, and before they commit; for all others
 * it is the product's own.
 */
@Alternative
@Priority(1)
@Singleton
public class SteppedDatabase extends Database {
  private static final Pattern ABOUT_CONTENT =
      Pattern.compile("\\b(\\w*blob|artifact|artifact_child|tag|repository|collection_hold)\\b");

  private final TransactionSynchronizationRegistry transaction;

  SteppedDatabase(DataSource dataSource, TransactionSynchronizationRegistry transaction) {
    super(dataSource, transaction);
    this.transaction = transaction;
  }

  @Override
  public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    await(sql);
    return super.list(Turns.marked(sql), mapper, parameters);
  }

  @Override
  public <T> Optional<T> firstDurably(
      String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    await(sql);
    return super.firstDurably(Turns.marked(sql), mapper, parameters);
  }

  @Override
  public int update(String sql, @Nullable Object... parameters) {
    await(sql);
    return super.update(Turns.marked(sql), parameters);
  }

  private void await(String sql) {
    if (Turns.areTaken() && ABOUT_CONTENT.matcher(sql).find()) {
      if (transaction.getTransactionStatus() == Status.STATUS_ACTIVE
          && transaction.getResource(this) == null) {
        transaction.putResource(this, true);
        transaction.registerInterposedSynchronization(new BeforeCommit());
      }
      Turns.await(sql);
    }
  }

  private static final class BeforeCommit implements Synchronization {
    @Override
    public void beforeCompletion() {
      Turns.await("COMMIT");
    }

    @Override
    public void afterCompletion(int status) {
      // Nobody waits for what comes next.
    }
  }
}
