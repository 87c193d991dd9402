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
import java.util.function.Supplier;

/**
 * Tells whether what was read of a repository is still what the database says, without asking it:
 * while this process is the {@link SoleWriter}, and no statement of it has changed anything there
 * since.
 *
 * <p>PostgreSQL's triggers tell of each statement which repositories it changed for pulls; that is
 * known here before the statement returns. From before a change may be committed until it is known,
 * nothing of its repository holds, and all is read from the database: for a transaction that is
 * from its statement until its end, and a statement that is a transaction of its own is run {@link
 * #changing}. So nobody gets from memory what somebody has seen changed.
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
    database.onDoubt(writer::doubt);
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
   * @param id of the repository, as it was read
   * @param moment what {@link #now} said before it was read
   */
  public boolean holds(RepositoryRef repository, long id, long moment) {
    int place = place(id);
    return moment >= changed.get(place)
        && moment >= changedAnywhere.get()
        && changing.get(place) == 0
        && changing.get(place(repository)) == 0
        && changingAnywhere.get() == 0
        && writer.isHeld();
  }

  /** Runs a statement, a transaction of its own, that may change what pulls see of a repository. */
  public <T> T changing(RepositoryRef repository, Supplier<T> statement) {
    return changing(List.of(place(repository)), statement);
  }

  /** Runs a statement, a transaction of its own, that may change what pulls see of a repository. */
  public <T> T changing(long repositoryId, Supplier<T> statement) {
    return changing(List.of(place(repositoryId)), statement);
  }

  /** Runs a statement, a transaction of its own, that may change what pulls see anywhere. */
  public <T> T changingAnywhere(Supplier<T> statement) {
    return changing(List.of(), statement);
  }

  private <T> T changing(List<Integer> places, Supplier<T> statement) {
    begin(places);
    try {
      return statement.get();
    } finally {
      end(places);
    }
  }

  private void hear(String notice) {
    if (!notice.startsWith(TOLD)) {
      return;
    }
    String where = notice.substring(TOLD.length());
    List<Integer> places = new ArrayList<>();
    if (!where.equals(ANYWHERE)) {
      for (String id : where.split(" ", -1)) {
        places.add(place(Long.parseLong(id)));
      }
    }
    changed(places);
  }

  private void changed(List<Integer> places) {
    begin(places);
    if (!transactions.runAtEnd(committed -> end(places, committed))) {
      forget(places);
      end(places);
    }
  }

  private void end(List<Integer> places, boolean committed) {
    forget(places);
    if (!committed) {
      // It may be that only nobody knows that it has.
      writer.doubt();
    }
    end(places);
  }

  /** No places stand for all of them. */
  private void begin(List<Integer> places) {
    if (places.isEmpty()) {
      changingAnywhere.incrementAndGet();
    }
    places.forEach(changing::incrementAndGet);
  }

  private void end(List<Integer> places) {
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

  private static int place(RepositoryRef repository) {
    return Math.floorMod(repository.hashCode(), PLACES);
  }
}
