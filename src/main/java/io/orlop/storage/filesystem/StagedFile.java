package io.orlop.storage.filesystem;

import io.orlop.platform.stream.PieceSource;
import io.orlop.storage.RunningDigests;
import io.orlop.storage.StorageException;
import io.orlop.storage.filesystem.Disk.Lane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The staged bytes of one upload: a file that only grows, and is made with its first byte. One
 * operation at a time.
 */
final class StagedFile {
  /**
   * The device begins on what there is whenever this much was added, unless it is still busy with
   * what came before: then the last sync of an upload of any size is short.
   */
  static final long SYNC_EVERY = 8L << 20;

  /** Other uploads get their turn after this much. */
  private static final long TURN = 4L << 20;

  /** How often a body of which nothing comes is looked at. */
  private static final Duration LOOK_FOR_SILENCE = Duration.ofSeconds(15);

  private final FileLayer files;
  private final Disk disk;
  private final SpaceGuard space;
  private final StorePlace place;
  private final Path path;
  private FileLayer.@Nullable OpenFile file;
  private long length;
  private long syncBegunUpTo;
  private boolean clean;
  private CompletableFuture<?> syncing = CompletableFuture.completedFuture(null);

  /**
   * Takes up a file, or begins one.
   *
   * @param length how many bytes the file has; with none it need not be there
   */
  StagedFile(StoreParts parts, Path path, long length) {
    this.files = parts.files();
    this.disk = parts.disk();
    this.space = parts.space();
    this.place = parts.place();
    this.path = path;
    this.length = length;
    this.syncBegunUpTo = length;
  }

  Path path() {
    return path;
  }

  long length() {
    return length;
  }

  /**
   * Writes what arrives at the end, and adds to the digests whatever of it was written: if this
   * fails midway, length and digests still belong together. Waits until the source cannot tell of
   * more: at the end of a request's body, when it breaks off or stays silent. An interruption does
   * not end it.
   */
  void append(PieceSource pieces, RunningDigests digests) {
    Appending appending = new Appending(pieces, digests);
    pieces.tell(appending);
    while (!Disk.isOverWithin(LOOK_FOR_SILENCE, appending.end)) {
      pieces.giveUpSilence();
    }
    Disk.join(appending.end);
  }

  /**
   * Writes in turns on the disk's threads. Whoever brings pieces asks for the next turn: to wake a
   * request's thread for each, which would only wake a thread of the disk, costs as much as
   * writing.
   */
  private final class Appending implements PieceSource.Taker {
    private final PieceSource pieces;
    private final RunningDigests digests;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

    Appending(PieceSource pieces, RunningDigests digests) {
      this.pieces = pieces;
      this.digests = digests;
    }

    @Override
    public void turn(boolean piece) {
      if (!piece) {
        end.complete(null);
        return;
      }
      try {
        var _ =
            disk.begin(Lane.WRITE, "write", path, this::write)
                .whenComplete((_, failure) -> endIf(failure));
      } catch (RuntimeException | Error e) {
        endIf(e);
      }
    }

    private void endIf(@Nullable Throwable failure) {
      if (failure != null) {
        end.completeExceptionally(failure);
      }
    }

    private void write() throws IOException {
      writeSome(pieces, digests);
      // The last thing here: the next turn may begin on another thread meanwhile.
      pieces.tell(this);
    }
  }

  private void writeSome(PieceSource pieces, RunningDigests digests) throws IOException {
    FileLayer.OpenFile target = opened();
    long turn = length + TURN;
    ByteBuffer gathered = emptied(disk.buffer());
    for (ByteBuffer piece = pieces.takePiece();
        piece != null;
        piece = length < turn ? pieces.takePiece() : null) {
      while (piece.hasRemaining()) {
        move(piece, gathered);
        if (!gathered.hasRemaining()) {
          write(target, gathered.flip(), digests);
          emptied(gathered);
        }
      }
    }
    write(target, gathered.flip(), digests);
    if (length - syncBegunUpTo >= SYNC_EVERY && syncing.isDone()) {
      Disk.join(syncing);
      syncing = disk.begin(Lane.SYNC, "sync", path, target::sync);
      syncBegunUpTo = length;
    }
  }

  /**
   * Makes room up to the next multiple of the buffer's size. A file system takes longer for each
   * write, and for a page that is written in two, than it takes to put pieces together.
   */
  private ByteBuffer emptied(ByteBuffer buffer) {
    return buffer.clear().limit(buffer.capacity() - (int) (length % buffer.capacity()));
  }

  private static void move(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(to.position(), from, from.position(), count).position(to.position() + count);
    from.position(from.position() + count);
  }

  private void write(FileLayer.OpenFile target, ByteBuffer bytes, RunningDigests digests)
      throws IOException {
    if (!bytes.hasRemaining()) {
      return; // What is complete is not refused for want of room.
    }
    space.admit(bytes.remaining());
    clean = false;
    while (bytes.hasRemaining()) {
      ByteBuffer written = bytes.duplicate();
      int count = target.write(bytes, length);
      digests.update(written.limit(written.position() + count));
      length += count;
    }
  }

  /** Reads all bytes again. */
  void readInto(RunningDigests digests) {
    ByteBuffer chunk = ByteBuffer.allocate(StreamPieces.SIZE);
    while (digests.length() < length) {
      disk.run(Lane.WRITE, "read", path, () -> readSlice(digests, chunk));
    }
  }

  private void readSlice(RunningDigests digests, ByteBuffer chunk) throws IOException {
    long end = Math.min(length, digests.length() + TURN);
    try (FileLayer.OpenFile source = files.openForReading(path)) {
      while (digests.length() < end) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), end - digests.length()));
        if (source.read(chunk, digests.length()) < 0) {
          throw new StorageException(
              StorageException.Kind.NOT_FOUND,
              path + " has become shorter than the upload: begin the upload again.",
              null);
        }
        digests.update(chunk.flip());
      }
    }
  }

  /**
   * Makes the bytes durable, and the file if it has none, and does more on the way: one errand to
   * the disk's threads, since the way to them and back takes longer than a rename.
   *
   * @param what what is done, for "Cannot … path" when it fails
   * @param before done with the file, which is there then even if it has no bytes; answers what is
   *     to be done when the bytes are durable, which must not fail
   * @return what that answers
   * @throws StorageException as {@link #sync}
   */
  <T extends @Nullable Object> T syncBetween(String what, Disk.Action<Supplier<T>> before) {
    Disk.join(syncing);
    CompletableFuture<T> errand =
        disk.start(
            Lane.SYNC,
            what,
            path,
            () -> {
              FileLayer.OpenFile target = opened();
              Supplier<T> after = before.run();
              target.sync();
              return after.get();
            });
    syncing = errand;
    T answer = Disk.join(errand);
    clean = true;
    return answer;
  }

  /**
   * Makes the bytes durable, and the file if it has none.
   *
   * @throws StorageException if they are not. It stays so: the kernel reports a failure once and
   *     then takes the lost bytes for written.
   */
  void sync() {
    Void _ = syncBetween("sync", () -> () -> null);
  }

  private FileLayer.OpenFile opened() throws IOException {
    FileLayer.@Nullable OpenFile open = file;
    if (open == null) {
      StorePlace.Known _ = place.require();
      open = files.openForWriting(path);
      file = open;
      if (length == 0) {
        open.truncate(0);
      }
    }
    return open;
  }

  /** Tells whether a sync has failed, so that the bytes cannot be relied on. */
  boolean lost() {
    return syncing.isCompletedExceptionally();
  }

  /** Closes the file; its bytes stay. */
  void close() {
    Disk.settle(syncing);
    FileLayer.@Nullable OpenFile open = file;
    file = null;
    if (open == null) {
      return;
    }
    if (clean) {
      disk.runHere("close", path, open::close);
    } else {
      disk.run(Lane.WRITE, "close", path, open::close);
    }
  }
}
