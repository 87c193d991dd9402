package io.orlop.catalog.upload;

import io.orlop.storage.StagedUpload;
import java.util.UUID;

/**
 * A push of one blob in progress.
 *
 * @param staged what has been acknowledged
 */
public record UploadSession(StagedUpload staged) {
  /** Returns what the client calls it by. */
  public UUID id() {
    return staged.id();
  }

  /** Returns how many bytes have been acknowledged: where the next chunk begins. */
  public long offset() {
    return staged.offset();
  }
}
