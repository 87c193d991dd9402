package io.orlop.catalog;

import io.orlop.platform.persistence.AfterCommit;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.SoleWriter;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells whether what was read of a repository is still what the database says, without asking it:
 * while this process is the {@link SoleWriter}, and no statement of it has changed anything there
 * since.
 *
 * <p>PostgreSQL's triggers tell of each statement which repositories it changed for pulls. What a
 * statement without a transaction has changed is known here before it returns; what a transaction
 * changes is read from the database until that has ended. So whoever was answered that something is
 * changed or gone never gets it from memory.
 *
 * <p>Safe for concurrent use, and waits for nothing.
 */
@ApplicationScoped
public class ContentChanges {
  /** A moment at which nothing may be remembered. */
  public static final long NEVER = -1;

  private static final String TOLD = "orlop.changed ";
  private static final String ANYWHERE = "*";
  private static final int BEFORE_REQUESTS = 50;

  /** Repositories that share a place are forgotten together. */
  private static final int PLACES = 4096;

  private final SoleWriter writer;
  private final AfterCommit transactions;
  private final AtomicLong clock = new AtomicLong();
  private final AtomicLong changedAnywhere = new AtomicLong();
  private final AtomicLongArray changed = new AtomicLongArray(PLACES);
  private final AtomicInteger changingAnywhere = new AtomicInteger();
  private final AtomicIntegerArray changing = new AtomicIntegerArray(PLACES);

  ContentChanges(Database database, SoleWriter writer, AfterCommit transactions) {
    this.writer = writer;
    this.transactions = transactions;
    database.onNotice(this::hear);
    database.onDoubt(this::forgetAll);
    writer.follow(this::forgetAll);
  }

  /** There has to be one before anything is changed. */
  void start(@Observes @Priority(BEFORE_REQUESTS) StartupEvent event) {
    // Made by being observed.
  }

  /**
   * Returns the moment before a read, for {@link #holds}; {@link #NEVER} if nothing may be
   * remembered.
   */
  public long now() {
    // What a transaction reads may never be committed.
    return writer.isHeld() && !transactions.inTransaction() ? clock.get() : NEVER;
  }

  /**
   * Tells whether what was read of a repository still holds.
   *
   * @param moment what {@link #now} said before it was read
   */
  public boolean holds(long repositoryId, long moment) {
    int place = place(repositoryId);
    return moment >= changed.get(place)
        && moment >= changedAnywhere.get()
        && changing.get(place) == 0
        && changingAnywhere.get() == 0
        && writer.isHeld();
  }

  private void hear(String notice) {
    if (!notice.startsWith(TOLD)) {
      return;
    }
    String where = notice.substring(TOLD.length());
    if (where.equals(ANYWHERE)) {
      changed(List.of());
      return;
    }
    List<Integer> places = new ArrayList<>();
    for (String id : where.split(" ", -1)) {
      places.add(place(Long.parseLong(id)));
    }
    changed(places);
  }

  private void changed(List<Integer> places) {
    if (transactions.inTransaction()) {
      begin(places);
      transactions.runAtEnd(() -> end(places));
    } else {
      forget(places);
    }
  }

  private void begin(List<Integer> places) {
    if (places.isEmpty()) {
      changingAnywhere.incrementAndGet();
    }
    places.forEach(changing::incrementAndGet);
  }

  private void end(List<Integer> places) {
    forget(places);
    if (places.isEmpty()) {
      changingAnywhere.decrementAndGet();
    }
    places.forEach(changing::decrementAndGet);
  }

  private void forget(List<Integer> places) {
    if (places.isEmpty()) {
      forgetAll();
      return;
    }
    long now = clock.incrementAndGet();
    places.forEach(place -> changed.accumulateAndGet(place, now, Math::max));
  }

  private void forgetAll() {
    changedAnywhere.accumulateAndGet(clock.incrementAndGet(), Math::max);
  }

  private static int place(long repositoryId) {
    return (int) Math.floorMod(repositoryId, (long) PLACES);
  }
}
