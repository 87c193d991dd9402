package io.orlop.storage;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The digests of a growing sequence of bytes, which can be read at any time and go on afterwards.
 * SHA-256 is always among them.
 *
 * <p>Not safe for concurrent use: it may wander between threads, one at a time.
 */
public final class RunningDigests {
  private final Map<DigestAlgorithm, MessageDigest> running = new EnumMap<>(DigestAlgorithm.class);
  private long length;

  /**
   * Starts with no bytes.
   *
   * @param algorithms what to compute besides SHA-256
   */
  public RunningDigests(Set<DigestAlgorithm> algorithms) {
    running.put(DigestAlgorithm.SHA256, DigestAlgorithm.SHA256.newMessageDigest());
    for (DigestAlgorithm algorithm : algorithms) {
      running.computeIfAbsent(algorithm, DigestAlgorithm::newMessageDigest);
    }
  }

  /** Takes in the next bytes, all that remain in a buffer. */
  public void update(ByteBuffer bytes) {
    length += bytes.remaining();
    for (MessageDigest digest : running.values()) {
      digest.update(bytes.duplicate());
    }
  }

  /** Returns how many bytes were taken in. */
  public long length() {
    return length;
  }

  /** Returns what is computed. */
  public Set<DigestAlgorithm> algorithms() {
    return Collections.unmodifiableSet(running.keySet());
  }

  /** Returns the digest of all bytes so far in each algorithm. */
  public Map<DigestAlgorithm, Digest> soFar() {
    Map<DigestAlgorithm, Digest> digests = new EnumMap<>(DigestAlgorithm.class);
    running.forEach((algorithm, digest) -> digests.put(algorithm, Digest.soFar(algorithm, digest)));
    return digests;
  }
}
