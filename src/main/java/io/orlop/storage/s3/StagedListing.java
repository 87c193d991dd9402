package io.orlop.storage.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Finds uploads that nobody has written to, in a listing whose names are in order. */
final class StagedListing {
  private final BucketLayout layout;
  private final Instant moment;
  private final int limit;
  private final List<UUID> found = new ArrayList<>();
  private @Nullable UUID current;
  private boolean still;

  StagedListing(BucketLayout layout, Instant moment, int limit) {
    this.layout = layout;
    this.moment = moment;
    this.limit = limit;
  }

  boolean wantsMore() {
    return found.size() < limit;
  }

  void take(S3Object object) {
    Optional<UUID> upload = layout.uploadOf(object.key());
    if (upload.isEmpty()) {
      return;
    }
    if (!upload.get().equals(current)) {
      endUpload();
      current = upload.get();
      still = true;
    }
    still &= object.lastModified().isBefore(moment);
  }

  List<UUID> uploads() {
    endUpload();
    return List.copyOf(found);
  }

  private void endUpload() {
    UUID upload = current;
    if (upload != null && still && wantsMore()) {
      found.add(upload);
    }
    current = null;
  }
}
