package io.orlop.cluster;

import io.orlop.oci.Digest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Everything that a server has said yes to, and must therefore have. */
final class Acknowledged {
  private final Collection<Blob> blobs = new ConcurrentLinkedQueue<>();
  private final Map<String, Tag> tags = new ConcurrentHashMap<>();

  /** Uploads that were answered with 202 and not ended, and how far they are. */
  private final Map<String, Pending> uploads = new ConcurrentHashMap<>();

  /** A blob that was answered with 201 in a repository. */
  record Blob(String repository, Digest digest) {
    String path() {
      return "/v2/" + repository + "/blobs/" + digest;
    }
  }

  /**
   * What a tag may be: what was acknowledged last, or something that was asked for since.
   *
   * @param allowed what it points to; empty stands for a tag that is not there
   */
  record Tag(Set<Optional<Digest>> allowed) {
    Tag or(Optional<Digest> wanted) {
      Set<Optional<Digest>> more = new HashSet<>(allowed);
      more.add(wanted);
      return new Tag(Set.copyOf(more));
    }
  }

  /**
   * An upload that began.
   *
   * @param content what the whole blob will be
   * @param offset how much of it was acknowledged
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Pending(String repository, byte[] content, int offset) {}

  void blob(String repository, Digest digest) {
    blobs.add(new Blob(repository, digest));
  }

  /** A tag is about to be moved, or deleted. */
  void asked(String path, Optional<Digest> wanted) {
    tags.merge(
        path, new Tag(Set.of(Optional.<Digest>empty())).or(wanted), (old, _) -> old.or(wanted));
  }

  /** A tag was moved, or deleted. */
  void done(String path, Optional<Digest> now) {
    tags.put(path, new Tag(Set.of(now)));
  }

  void upload(String location, Pending pending) {
    uploads.put(location, pending);
  }

  void ended(String location) {
    uploads.remove(location);
  }

  List<Blob> blobs() {
    return List.copyOf(blobs);
  }

  int blobCount() {
    return blobs.size();
  }

  /** Returns some blob, to be mounted elsewhere. */
  Optional<Blob> anyBlob(Random random) {
    return blobs.stream().skip(random.nextInt(20)).findFirst();
  }

  Map<String, Tag> tags() {
    return Map.copyOf(tags);
  }

  Set<Map.Entry<String, Pending>> uploads() {
    return Set.copyOf(uploads.entrySet());
  }
}
