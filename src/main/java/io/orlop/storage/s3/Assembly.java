package io.orlop.storage.s3;

import io.orlop.storage.StorageException;
import io.orlop.storage.s3.Bucket.Stay;
import io.orlop.storage.s3.Pieces.Piece;
import java.util.List;
import java.util.UUID;

/** Puts the pieces of an upload together by copies within the store. */
final class Assembly {
  private final S3Parts parts;
  private final UUID upload;

  Assembly(S3Parts parts, UUID upload) {
    this.parts = parts;
    this.upload = upload;
  }

  /** Makes an object of pieces; leaves nothing on failure. */
  void assemble(List<Piece> pieces, String target, Stay stay) {
    CopyPlan plan = CopyPlan.of(pieces, parts.sizes());
    if (plan.parts().size() == 1 && stay == Stay.LONG) {
      parts.bucket().copy(key(pieces.getFirst().name()), target);
      return;
    }
    MultipartObject object = parts.bucket().begin(target, stay);
    PartRequests requests = new PartRequests(parts.requests());
    try {
      int number = 0;
      for (CopyPlan.Part part : plan.parts()) {
        int next = ++number;
        requests.begin(() -> object.copy(next, key(part.piece()), part.offset(), part.length()));
      }
      object.complete(requests.finish(), pieces.stream().mapToLong(Piece::size).sum());
    } catch (RuntimeException e) {
      requests.settle();
      abort(object, e);
      throw e;
    }
  }

  private static void abort(MultipartObject object, RuntimeException reason) {
    try {
      object.abort();
    } catch (StorageException e) {
      reason.addSuppressed(e);
    }
  }

  private String key(String piece) {
    return parts.layout().piece(upload, piece);
  }
}
