package io.orlop.catalog.upload;

import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.blob.BlobService;
import io.orlop.catalog.quota.Charges;
import io.orlop.catalog.upload.UploadCommit.Ending;
import io.orlop.catalog.upload.UploadMeters.Outcome;
import io.orlop.catalog.upload.UploadRows.Closing;
import io.orlop.identity.Principal;
import io.orlop.oci.ContentRange;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Takes in blobs: at once, or by a session of chunks that outlives its connection and the process.
 *
 * <p>Bytes are staged and hashed while they arrive, without a transaction or a connection to the
 * database; then one short transaction links them.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs">distribution-spec,
 *     pushing blobs</a>
 */
@ApplicationScoped
public class UploadService {
  private static final byte[] NOTHING = {};

  private final UploadSessions sessions;
  private final OpenUploads open;
  private final UploadLocks locks;
  private final UploadCommit commit;
  private final BlobStore store;
  private final RunningUploads running;
  private final UploadMeters meters;
  private final BlobService blobs;
  private final Charges charges;

  UploadService(
      UploadSessions sessions,
      OpenUploads open,
      UploadLocks locks,
      UploadCommit commit,
      BlobStore store,
      RunningUploads running,
      UploadMeters meters,
      BlobService blobs,
      Charges charges) {
    this.charges = charges;
    this.open = open;
    this.meters = meters;
    this.blobs = blobs;
    this.running = running;
    this.sessions = sessions;
    this.locks = locks;
    this.commit = commit;
    this.store = store;
  }

  /**
   * Part of a blob, as a client sends it.
   *
   * @param bytes the body
   * @param range where it belongs, if the client says so
   * @param length how long it is, if the client says so
   */
  public record Chunk(InputStream bytes, Optional<ContentRange> range, OptionalLong length) {}

  /**
   * Begins an upload.
   *
   * @param algorithms what to compute besides SHA-256
   */
  public UploadSession start(
      RepositoryRef repository, Principal principal, Set<DigestAlgorithm> algorithms) {
    charges.requireRoom(repository.projectId(), Optional.empty(), 0);
    UUID id = UUID.randomUUID();
    StagedUpload empty = empty(id, algorithms);
    sessions.begin(empty, repository, principal, open.admit(principal));
    meters.count(Outcome.STARTED);
    return new UploadSession(empty);
  }

  /**
   * Takes a whole blob in one request, without a session.
   *
   * @throws io.orlop.platform.error.RegistryException DIGEST_INVALID if the bytes have another
   *     digest
   * @throws IOException if the client goes away
   */
  public void uploadWhole(RepositoryRef repository, Principal principal, Digest digest, Chunk chunk)
      throws IOException {
    store.checkSpace();
    charges.requireRoom(repository.projectId(), Optional.of(digest), chunk.length().orElse(0));
    UUID id = UUID.randomUUID();
    try (RunningUploads.Place _ = running.enter(principal);
        UploadLocks.Lock _ = locks.acquire(id);
        BlobWriter writer = store.create(id, Set.of(digest.algorithm()))) {
      try {
        appendTo(writer, chunk);
        boolean _ = commitOrDrop(writer, new Ending(id, repository, digest, false));
      } catch (IOException | RuntimeException e) {
        cancelQuietly(writer, e);
        throw e;
      }
    }
  }

  /** Finds an upload of this caller to this repository. */
  public UploadSession require(RepositoryRef repository, Principal principal, UUID id) {
    return sessions.find(id, repository, principal).orElseThrow(() -> notFound(id));
  }

  /**
   * Appends a chunk. When the client goes away, what has arrived counts.
   *
   * @throws io.orlop.platform.error.RegistryException BLOB_UPLOAD_OUT_OF_ORDER if the chunk does
   *     not begin where the upload stands, SIZE_INVALID if it is not as long as its range
   * @throws IOException if the client goes away
   */
  public UploadSession append(RepositoryRef repository, Principal principal, UUID id, Chunk chunk)
      throws IOException {
    try (RunningUploads.Place _ = running.enter(principal);
        UploadLocks.Lock _ = acquire(repository, principal, id)) {
      UploadSession session = require(repository, principal, id);
      requireInOrder(session, chunk);
      store.checkSpace();
      charges.requireRoom(
          repository.projectId(),
          Optional.empty(),
          session.offset() + Math.max(chunk.length().orElse(0), 1));
      try (BlobWriter writer = open(session)) {
        try {
          appendTo(writer, chunk);
        } catch (IOException | StorageException e) {
          saveQuietly(session, writer, e);
          throw e;
        }
        return save(session, writer);
      } catch (StorageException e) {
        throw lostOr(id, e);
      }
    }
  }

  /**
   * Ends an upload with its digest and perhaps its last chunk.
   *
   * @throws io.orlop.platform.error.RegistryException DIGEST_INVALID if the bytes have another
   *     digest: the upload is dropped
   * @throws IOException if the client goes away
   */
  public void finish(
      RepositoryRef repository, Principal principal, UUID id, Digest digest, Chunk chunk)
      throws IOException {
    try (RunningUploads.Place _ = running.enter(principal);
        UploadLocks.Lock _ = acquire(repository, principal, id)) {
      Closing closing =
          sessions.findToClose(id, repository, principal, digest).orElseThrow(() -> notFound(id));
      UploadSession session = new UploadSession(closing.upload());
      requireInOrder(session, chunk);
      charges.requireRoom(
          repository.projectId(), Optional.of(digest), session.offset() + chunk.length().orElse(0));
      boolean gone;
      try (BlobWriter writer = open(session)) {
        try {
          appendTo(writer, chunk);
        } catch (IOException | StorageException e) {
          saveQuietly(session, writer, e);
          throw e;
        }
        Ending ending = new Ending(id, repository, digest, closing.known());
        gone = sessions.end(id, () -> commitOrDrop(writer, ending));
      } catch (StorageException e) {
        throw lostOr(id, e);
      }
      if (!gone) {
        sessions.delete(id);
      }
    } catch (RegistryException e) {
      if (e.code() != ErrorCode.BLOB_UPLOAD_UNKNOWN || !hasFinished(repository, digest, chunk)) {
        throw e;
      }
    }
  }

  /**
   * Tells whether a closing request without bytes repeats one that was carried out and whose answer
   * was lost: a process died just then, and a proxy asks the next one.
   */
  private boolean hasFinished(RepositoryRef repository, Digest digest, Chunk chunk) {
    return chunk.length().orElse(-1) == 0 && blobs.promiseIfHere(repository, digest).isPresent();
  }

  /** Drops an upload. */
  public void cancel(RepositoryRef repository, Principal principal, UUID id) {
    try (UploadLocks.Lock _ = acquire(repository, principal, id)) {
      UploadSession session = require(repository, principal, id);
      sessions.delete(id);
      try (BlobWriter writer = open(session)) {
        writer.cancel();
      } catch (StorageException e) {
        if (e.kind() != StorageException.Kind.NOT_FOUND) {
          throw e;
        }
        // Nothing is staged, so that there is nothing to drop.
      }
      meters.count(Outcome.CANCELLED);
    }
  }

  /** Takes an upload of this caller; to others it is unknown, whether it is busy or not. */
  private UploadLocks.Lock acquire(RepositoryRef repository, Principal principal, UUID id) {
    return locks
        .tryAcquire(id)
        .orElseThrow(() -> {
          UploadSession _ = require(repository, principal, id);
          return ErrorCode.BLOB_UPLOAD_BUSY.exception();
        });
  }

  /** Returns whether the upload's row is gone too. */
  private boolean commitOrDrop(BlobWriter writer, Ending ending) {
    Digest digest = ending.digest();
    if (!writer.matches(digest)) {
      long sent = writer.offset();
      writer.cancel();
      sessions.delete(ending.upload());
      meters.count(Outcome.REFUSED);
      throw ErrorCode.DIGEST_INVALID.exception(
          "the " + sent + " bytes sent do not have the digest " + digest,
          Map.of("digest", digest.toString()));
    }
    boolean gone;
    try {
      gone = commit.commit(writer, ending);
    } catch (RegistryException e) {
      if (e.code() == ErrorCode.DENIED) {
        // Nothing comes of an upload beyond the quota, and its bytes may be gone already.
        cancelQuietly(writer, e);
        sessions.delete(ending.upload());
        meters.count(Outcome.REFUSED);
      }
      throw e;
    }
    meters.count(Outcome.FINISHED);
    return gone;
  }

  private BlobWriter open(UploadSession session) {
    StagedUpload staged = session.staged();
    return staged.offset() == 0
        ? store.create(staged.id(), staged.digests().keySet())
        : store.resume(staged);
  }

  /** An upload whose bytes are gone, by a crash or a commit, has to begin anew. */
  private RuntimeException lostOr(UUID id, StorageException failure) {
    if (failure.kind() != StorageException.Kind.NOT_FOUND) {
      return failure;
    }
    sessions.delete(id);
    return unknown(id).causedBy(failure);
  }

  private static void appendTo(BlobWriter writer, Chunk chunk) throws IOException {
    long appended;
    try (InputStream bytes = chunk.bytes()) {
      appended = writer.append(bytes);
    }
    OptionalLong expected =
        chunk.range().isPresent() ? OptionalLong.of(chunk.range().get().length()) : chunk.length();
    if (expected.isPresent() && expected.getAsLong() != appended) {
      throw ErrorCode.SIZE_INVALID.exception(
          "the body has " + appended + " bytes, announced were " + expected.getAsLong());
    }
  }

  private static void requireInOrder(UploadSession session, Chunk chunk) {
    if (chunk.range().isPresent() && chunk.range().get().start() != session.offset()) {
      throw ErrorCode.BLOB_UPLOAD_OUT_OF_ORDER.exception(
          "the next chunk begins at " + session.offset(), Map.of("offset", session.offset()));
    }
  }

  private UploadSession save(UploadSession session, BlobWriter writer) {
    StagedUpload state = writer.state();
    if (!sessions.advance(session.offset(), state)) {
      throw ErrorCode.BLOB_UPLOAD_BUSY.exception();
    }
    return new UploadSession(state);
  }

  private void saveQuietly(UploadSession session, BlobWriter writer, Exception reason) {
    try {
      save(session, writer);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  /** The purge drops what is left: the client has to learn what went wrong first. */
  private static void cancelQuietly(BlobWriter writer, Exception reason) {
    try {
      writer.cancel();
    } catch (StorageException e) {
      reason.addSuppressed(e);
    }
  }

  private static RegistryException notFound(UUID id) {
    return ErrorCode.BLOB_UPLOAD_UNKNOWN.exception(
        "upload " + id + " not found", Map.of("uuid", id.toString()));
  }

  private static RegistryException unknown(UUID id) {
    return ErrorCode.BLOB_UPLOAD_UNKNOWN.exception(
        "upload " + id + " not found: begin again", Map.of("uuid", id.toString()));
  }

  private static StagedUpload empty(UUID id, Set<DigestAlgorithm> algorithms) {
    Map<DigestAlgorithm, Digest> digests = new EnumMap<>(DigestAlgorithm.class);
    digests.put(DigestAlgorithm.SHA256, Digest.of(DigestAlgorithm.SHA256, NOTHING));
    algorithms.forEach(algorithm -> digests.put(algorithm, Digest.of(algorithm, NOTHING)));
    return new StagedUpload(id, 0, digests);
  }
}
