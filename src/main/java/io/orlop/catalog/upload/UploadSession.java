package io.orlop.catalog.upload;

import io.orlop.storage.StagedUpload;
import java.util.UUID;

/**
 * A push of one blob in progress.
 *
 * @param id what the client calls it by
 * @param staged what has been acknowledged
 */
public record UploadSession(UUID id, StagedUpload staged) {
  static UploadSession of(StagedUpload staged) {
    return new UploadSession(staged.id(), staged);
  }

  /** Returns how many bytes have been acknowledged: where the next chunk begins. */
  public long offset() {
    return staged.offset();
  }
}
