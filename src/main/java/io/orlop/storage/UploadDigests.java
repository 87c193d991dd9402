package io.orlop.storage;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a writer knows of the digests of its upload: what was recorded of them, and what it computes
 * itself, which begins when somebody needs it.
 *
 * <p>Not safe for concurrent use.
 */
public final class UploadDigests {
  private final UUID upload;
  private final ParkedDigests parked;
  private final Consumer<RunningDigests> staged;
  private Map<DigestAlgorithm, Digest> recorded;
  private @Nullable RunningDigests running;

  /**
   * Takes up the digests of an upload.
   *
   * @param running what computes them already, behind the last staged byte
   * @param staged reads all staged bytes
   */
  public UploadDigests(
      StagedUpload upload,
      @Nullable RunningDigests running,
      ParkedDigests parked,
      Consumer<RunningDigests> staged) {
    this.upload = upload.id();
    this.recorded = upload.digests();
    this.running = running;
    this.parked = parked;
    this.staged = staged;
  }

  /**
   * Returns digests that stand behind the last staged byte. Reads the staged bytes again if nothing
   * was computed while they arrived.
   *
   * @param wanted what has to be among them
   * @throws StorageException if the staged bytes have to be read and cannot be, or are not those
   *     that were recorded
   */
  public RunningDigests running(Set<DigestAlgorithm> wanted) {
    RunningDigests now = running;
    if (now == null || !now.algorithms().containsAll(wanted)) {
      now = readAgain(wanted);
      running = now;
    }
    return now;
  }

  private RunningDigests readAgain(Set<DigestAlgorithm> wanted) {
    Map<DigestAlgorithm, Digest> before = soFar();
    Set<DigestAlgorithm> algorithms = EnumSet.of(DigestAlgorithm.SHA256);
    algorithms.addAll(before.keySet());
    algorithms.addAll(wanted);
    RunningDigests again = new RunningDigests(algorithms);
    staged.accept(again);
    if (!again.soFar().entrySet().containsAll(before.entrySet())) {
      throw new StorageException(
          StorageException.Kind.NOT_FOUND,
          "The staged bytes of upload "
              + upload
              + " are not those that arrived: begin the upload again.",
          null);
    }
    return again;
  }

  private Map<DigestAlgorithm, Digest> soFar() {
    RunningDigests now = running;
    return now == null ? recorded : now.soFar();
  }

  /**
   * Tells whether the staged bytes have a digest. Does not rely on what was recorded of them: they
   * are read again if they did not arrive here.
   *
   * @throws StorageException if they have to be read and cannot be, or are not those that were
   *     recorded
   */
  public boolean matches(Digest digest) {
    DigestAlgorithm algorithm = digest.algorithm();
    return digest.equals(running(Set.of(algorithm)).soFar().get(algorithm));
  }

  /**
   * Tells whether the bytes that arrived have a digest, for a driver whose staged bytes cannot have
   * changed since: they are read again only if nobody computed it.
   *
   * @throws StorageException as of {@link #matches}
   */
  public boolean matchesRecorded(Digest digest) {
    @Nullable Digest known = soFar().get(digest.algorithm());
    return known == null ? matches(digest) : digest.equals(known);
  }

  /** Returns what to record: the digests of all bytes so far. */
  public Map<DigestAlgorithm, Digest> record() {
    recorded = soFar();
    return recorded;
  }

  /** Goes back to what was recorded last. */
  public void rollBack() {
    running = null;
  }

  /** Leaves what was computed to whoever goes on with the upload. */
  public void park() {
    RunningDigests now = running;
    if (now != null) {
      parked.park(upload, now);
    }
  }

  /** Forgets an upload that has ended. */
  public void forget() {
    parked.forget(upload);
  }
}
