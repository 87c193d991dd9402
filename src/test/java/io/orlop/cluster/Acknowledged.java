package io.orlop.cluster;

import io.orlop.oci.Digest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that a server has said yes to, and must therefore have. */
final class Acknowledged {
  /** Blobs that were answered with 201, and their repositories. */
  private final Map<Digest, String> blobs = new ConcurrentHashMap<>();

  /** Manifests that were answered with 201, by repository and tag. */
  private final Map<String, Digest> tags = new ConcurrentHashMap<>();

  /** Uploads that were answered with 202 and not ended, and how far they are. */
  private final Map<String, Pending> uploads = new ConcurrentHashMap<>();

  /**
   * An upload that began.
   *
   * @param content what the whole blob will be
   * @param offset how much of it was acknowledged
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Pending(String repository, byte[] content, int offset) {}

  void blob(String repository, Digest digest) {
    blobs.put(digest, repository);
  }

  void tag(String repositoryAndTag, Digest digest) {
    tags.put(repositoryAndTag, digest);
  }

  void upload(String location, Pending pending) {
    uploads.put(location, pending);
  }

  void ended(String location) {
    uploads.remove(location);
  }

  Map<Digest, String> blobs() {
    return blobs;
  }

  Map<String, Digest> tags() {
    return tags;
  }

  Set<Map.Entry<String, Pending>> uploads() {
    return Set.copyOf(uploads.entrySet());
  }
}
