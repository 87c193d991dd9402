package io.orlop.cluster;

import io.orlop.oci.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** The images whose pushes were acknowledged, and those whose tags were deleted since. */
final class MixedImages {
  private final List<Image> there = new CopyOnWriteArrayList<>();
  private final Collection<Image> leaving = new ConcurrentLinkedQueue<>();

  /** An image under its only tag. */
  record Image(String repository, String tag, Digest manifest, List<Digest> blobs) {
    String path() {
      return "/manifests/" + tag;
    }
  }

  /** Notes an image that was acknowledged. */
  void add(Image image) {
    there.add(image);
  }

  /** Returns any image, if there is one. */
  Optional<Image> any(Random random) {
    List<Image> now = List.copyOf(there);
    return now.isEmpty() ? Optional.empty() : Optional.of(now.get(random.nextInt(now.size())));
  }

  /** Says that the tag is about to be deleted; only the first who says so may do it. */
  boolean leaves(Image image) {
    leaving.add(image);
    return there.remove(image);
  }

  /** Tells whether the tag may be away. */
  boolean mayBeAway(Image image) {
    return leaving.contains(image);
  }

  /** Returns the images that must be there. */
  List<Image> there() {
    return List.copyOf(there);
  }

  /** Returns the images whose tags were deleted. */
  List<Image> away() {
    return List.copyOf(leaving);
  }
}
