package io.orlop.catalog.upload;

import io.orlop.catalog.upload.RunningUploads.Place;
import io.orlop.catalog.upload.UploadRows.Owner;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.storage.StagedUpload;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
 * <p>Only while this process is the {@link SoleWriter}: another could not go on with what has no
 * row. It stays so when it is not any more, since nobody else knows of them until they are written.
 */
@ApplicationScoped
class BegunUploads {
  private static final Logger LOG = Logger.getLogger(BegunUploads.class);

  /** How long an upload waits for its row at least. */
  private static final long DELAY_MILLIS = 200;

  /** More than these get their rows at once. */
  private static final int MOST = 5_000;

  private final SoleWriter writer;
  private final UploadRows rows;
  private final RememberedUploads remembered;
  private final ConcurrentHashMap<UUID, Begun> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("orlop-uploads").daemon().factory());

  BegunUploads(SoleWriter writer, UploadRows rows, RememberedUploads remembered) {
    this.writer = writer;
    this.rows = rows;
    this.remembered = remembered;
  }

  /** An upload without a row. */
  static final class Begun {
    private final StagedUpload upload;
    private final Owner owner;
    private final Place place;
    private final long since = System.nanoTime();

    /** Held by whoever writes the row, or ends the upload. */
    private final ReentrantLock turn = new ReentrantLock();

    /** An attempt may have succeeded although it seemed to fail. */
    private boolean tried;

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
    if (!writer.isHeld() || waiting.size() >= MOST) {
      return false;
    }
    waiting.put(upload.id(), new Begun(upload, owner, place));
    writeLater();
    return true;
  }

  /** Finds an upload, if it is this owner's. */
  Optional<StagedUpload> find(UUID id, Owner owner) {
    return Optional.ofNullable(waiting.get(id))
        .filter(begun -> begun.owner.equals(owner))
        .map(begun -> begun.upload);
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
   * @return false if the row was moved on by another request
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

  private void writeLater() {
    if (due.compareAndSet(false, true)) {
      var _ = executor.schedule(this::writeDue, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void writeDue() {
    due.set(false);
    waiting.values().stream().filter(Begun::isDue).forEach(this::tryToWrite);
    if (!waiting.isEmpty()) {
      writeLater();
    }
  }

  /** Writes all that wait. */
  void flush() {
    waiting.values().forEach(this::tryToWrite);
  }

  private void tryToWrite(Begun begun) {
    // Whoever has its turn sees to it, or else we do the next time.
    if (!begun.turn.tryLock()) {
      return;
    }
    try {
      if (isWaiting(begun)) {
        boolean _ = write(begun, begun.upload);
      }
    } catch (RuntimeException e) {
      LOG.debugf(e, "The row of upload %s cannot be written now", begun.upload.id());
      if (e instanceof RegistryException refused && refused.code() == ErrorCode.NAME_UNKNOWN) {
        // Its project is gone.
        settle(begun);
      }
    } finally {
      begun.turn.unlock();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    flush();
  }

  @PreDestroy
  void end() {
    executor.shutdownNow();
  }
}
