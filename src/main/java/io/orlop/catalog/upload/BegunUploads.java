package io.orlop.catalog.upload;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.catalog.upload.RunningUploads.Place;
import io.orlop.catalog.upload.UploadRows.Owner;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.event.DomainEvent.ProjectDeleted;
import io.orlop.platform.event.EventListener;
import io.orlop.platform.event.Occurrence;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.storage.StagedUpload;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Uploads that have just begun and have no row yet. Nearly all get their first chunk, or end,
 * within moments; then one statement does what would else take two. The others get their row soon,
 * also when the process ends in order. A crash before that makes them unknown, so that their
 * clients begin again with nothing lost.
 *
 * <p>None is kept unless this process is the {@link SoleWriter}: another could not go on with what
 * has no row. What was kept before may stay: nobody else knows of it until it is written.
 */
@ApplicationScoped
class BegunUploads implements EventListener {
  private static final Logger LOG = Logger.getLogger(BegunUploads.class);

  /** How long an upload waits for its row at least. */
  private static final long DELAY_MILLIS = 200;

  /** How long the next attempt waits when the database takes no rows, at most. */
  private static final long LONGEST_DELAY_MILLIS = 5_000;

  private static final int SECONDS_TO_END = 5;

  /** More than these get their rows at once. */
  static final int MOST = 5_000;

  private static final int DELETED_PROJECTS = 10_000;

  private final SoleWriter writer;
  private final UploadRows rows;
  private final RememberedUploads remembered;
  private final ConcurrentHashMap<UUID, Begun> waiting = new ConcurrentHashMap<>();

  /** Tokens may outlive these: what would begin there is refused by the database, at once. */
  private final Cache<Long, Boolean> deletedProjects =
      Caffeine.newBuilder().maximumSize(DELETED_PROJECTS).executor(Runnable::run).build();

  private final AtomicBoolean due = new AtomicBoolean();
  private volatile boolean ended;

  /** Of the executor's thread. */
  private long delayMillis = DELAY_MILLIS;

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("orlop-uploads").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  BegunUploads(SoleWriter writer, UploadRows rows, RememberedUploads remembered) {
    this.writer = writer;
    this.rows = rows;
    this.remembered = remembered;
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** An upload without a row. */
  static final class Begun {
    private final StagedUpload upload;
    private final Owner owner;
    private final Place place;
    private final long since = System.nanoTime();

    /** Held by whoever writes the row, or ends the upload. */
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * An attempt may have succeeded although it seemed to fail: the row decides, if there is one.
     */
    private volatile boolean tried;

    private Begun(StagedUpload upload, Owner owner, Place place) {
      this.upload = upload;
      this.owner = owner;
      this.place = place;
    }

    /** Tells, in its turn, whether nobody has tried to write the row. */
    boolean hasNoRow() {
      return !tried;
    }

    private boolean isDue() {
      return System.nanoTime() - since >= TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS);
    }
  }

  /**
   * Keeps an upload that begins.
   *
   * @param place closed when the upload leaves
   * @return false if it has to get its row at once; then the place is left alone
   */
  boolean keep(StagedUpload upload, Owner owner, Place place) {
    if (ended || isDeleted(owner) || !writer.isHeld() || waiting.size() >= MOST) {
      return false;
    }
    waiting.put(upload.id(), new Begun(upload, owner, place));
    writeLater(DELAY_MILLIS);
    return true;
  }

  @Override
  public void happened(Occurrence occurrence) {
    if (occurrence.event() instanceof ProjectDeleted deleted) {
      deletedProjects.put(deleted.projectId(), true);
    }
  }

  private boolean isDeleted(Owner owner) {
    return deletedProjects.getIfPresent(owner.repository().projectId()) != null;
  }

  /** Finds an upload, if it is this owner's. */
  Optional<StagedUpload> find(UUID id, Owner owner) {
    return Optional.ofNullable(waiting.get(id))
        .filter(begun -> begun.owner.equals(owner) && !isDeleted(owner))
        .flatMap(begun -> begun.tried ? look(id) : Optional.of(begun.upload));
  }

  /** Lets an upload go whose row was written though nobody was told so. */
  private Optional<StagedUpload> look(UUID id) {
    return inTurn(
        id,
        waiting -> {
          waiting.ifPresent(begun -> {
            if (rows.exists(id)) {
              settle(begun);
            }
          });
          return waiting.filter(this::isWaiting).map(begun -> begun.upload);
        });
  }

  /**
   * Does something with an upload while nobody else writes its row.
   *
   * @param step is given the upload if it has no row yet
   */
  <T> T inTurn(UUID id, Function<Optional<Begun>, T> step) {
    Begun begun = waiting.get(id);
    if (begun == null) {
      return step.apply(Optional.empty());
    }
    begun.turn.lock();
    try {
      return step.apply(Optional.of(begun).filter(this::isWaiting));
    } finally {
      begun.turn.unlock();
    }
  }

  /**
   * Writes the row of an upload, in its turn, for where it stands by now. If that fails, the upload
   * waits on.
   *
   * @return false if its row has moved on already
   */
  boolean write(Begun begun, StagedUpload now) {
    begun.tried = true;
    boolean added = rows.add(now, begun.owner);
    if (added) {
      remembered.wrote(now, begun.owner);
    }
    settle(begun);
    return added;
  }

  /** Lets an upload go, in its turn: it has a row, or needs none. */
  void settle(Begun begun) {
    if (waiting.remove(begun.upload.id(), begun)) {
      begun.place.close();
    }
  }

  private boolean isWaiting(Begun begun) {
    return waiting.get(begun.upload.id()) == begun;
  }

  int count() {
    return waiting.size();
  }

  boolean has(UUID id) {
    return waiting.containsKey(id);
  }

  private void writeLater(long millis) {
    if (due.compareAndSet(false, true)) {
      var _ = executor.schedule(this::writeDue, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void writeDue() {
    due.set(false);
    boolean taken = waiting.values().stream().filter(Begun::isDue).allMatch(this::tryToWrite);
    if (!taken && delayMillis == DELAY_MILLIS) {
      LOG.warn("Uploads that have begun get no rows now, since the database takes none");
    }
    delayMillis = taken ? DELAY_MILLIS : Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
    if (!waiting.isEmpty() && !ended) {
      writeLater(delayMillis);
    }
  }

  /** Writes all that wait, unless the database takes none. */
  void flush() {
    boolean _ = waiting.values().stream().allMatch(this::tryToWrite);
  }

  /** Returns false if there is no use in trying others now. */
  private boolean tryToWrite(Begun begun) {
    // Whoever has its turn sees to it, or else we do the next time.
    if (!begun.turn.tryLock()) {
      return true;
    }
    try {
      if (isWaiting(begun)) {
        boolean _ = write(begun, begun.upload);
      }
    } catch (RuntimeException e) {
      if (DatabaseException.isUnavailable(e)) {
        LOG.debugf(e, "The row of upload %s cannot be written now", begun.upload.id());
        return false;
      }
      if (!(e instanceof RegistryException refused) || refused.code() != ErrorCode.NAME_UNKNOWN) {
        LOG.warnf(e, "The row of upload %s cannot be written", begun.upload.id());
      }
      // It can have none, as when its project is gone: its client begins again.
      settle(begun);
    } finally {
      begun.turn.unlock();
    }
    return true;
  }

  void stop(@Observes ShutdownEvent event) {
    end();
    flush();
  }

  /** Keeps no more; a row that is being written is waited for. */
  @PreDestroy
  void end() {
    ended = true;
    executor.shutdown();
    try {
      if (!executor.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        LOG.warn("The rows of uploads that have begun are not all written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
