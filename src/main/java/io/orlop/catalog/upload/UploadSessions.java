package io.orlop.catalog.upload;

import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.upload.BegunUploads.Begun;
import io.orlop.catalog.upload.RunningUploads.Place;
import io.orlop.catalog.upload.UploadRows.Closing;
import io.orlop.catalog.upload.UploadRows.Owner;
import io.orlop.identity.Principal;
import io.orlop.oci.Digest;
import io.orlop.storage.StagedUpload;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Open uploads: their rows, and what this process knows without asking for those. */
@ApplicationScoped
class UploadSessions {
  private final UploadRows rows;
  private final BegunUploads begun;
  private final RememberedUploads remembered;

  UploadSessions(UploadRows rows, BegunUploads begun, RememberedUploads remembered) {
    this.rows = rows;
    this.begun = begun;
    this.remembered = remembered;
  }

  /**
   * Adds one.
   *
   * @param place closed when the upload has its row, or needs none any more
   */
  void begin(StagedUpload upload, RepositoryRef repository, Principal principal, Place place) {
    Owner owner = Owner.of(repository, principal);
    if (!begun.keep(upload, owner, place)) {
      try (place) {
        boolean _ = rows.add(upload, owner);
        remembered.wrote(upload, owner);
      }
    }
  }

  /** Finds an upload, if it is this caller's and to this repository. */
  Optional<UploadSession> find(UUID id, RepositoryRef repository, Principal principal) {
    Owner owner = Owner.of(repository, principal);
    return atHand(id, owner).or(() -> rows.find(id, owner)).map(UploadSession::new);
  }

  private Optional<StagedUpload> atHand(UUID id, Owner owner) {
    // In this order: what leaves the first is in the second by then, or has its row.
    return begun.find(id, owner).or(() -> remembered.find(id, owner));
  }

  /**
   * Finds an upload as {@link #find}, and looks for the blob that it is to become, unless that were
   * the only question.
   */
  Optional<Closing> findToClose(
      UUID id, RepositoryRef repository, Principal principal, Digest digest) {
    Owner owner = Owner.of(repository, principal);
    Optional<StagedUpload> upload = atHand(id, owner);
    // Whatever becomes of it: its row may go with the statement that records the blob.
    remembered.forget(id);
    return upload
        .map(found -> new Closing(found, false))
        .or(() -> rows.findToClose(id, owner, digest));
  }

  /**
   * Ends an upload by a statement that deletes its row, if it has one; none is written meanwhile.
   *
   * @param step returns whether the row is gone; if not, the upload stays
   */
  boolean end(UUID id, BooleanSupplier step) {
    return begun.inTurn(
        id,
        waiting -> {
          // It may have got its row since it was found.
          remembered.forget(id);
          boolean gone = step.getAsBoolean();
          if (gone) {
            waiting.ifPresent(begun::settle);
          }
          return gone;
        });
  }

  /** Moves an upload on; false if another request did so meanwhile. */
  boolean advance(long from, StagedUpload to) {
    return begun.inTurn(
        to.id(),
        waiting -> waiting.map(found -> begun.write(found, to)).orElseGet(() -> move(from, to)));
  }

  private boolean move(long from, StagedUpload to) {
    boolean moved = false;
    try {
      moved = rows.advance(from, to);
    } finally {
      if (moved) {
        remembered.advanced(to);
      } else {
        remembered.forget(to.id());
      }
    }
    return moved;
  }

  boolean delete(UUID id) {
    return begun.inTurn(
        id,
        waiting -> {
          remembered.forget(id);
          boolean gone = waiting.filter(Begun::hasNoRow).isPresent() || rows.delete(id);
          waiting.ifPresent(begun::settle);
          return gone;
        });
  }

  /** Deletes an upload if it stood still; false if it has moved on, or is gone. */
  boolean deleteIdle(UUID id, Instant since) {
    remembered.forget(id);
    return rows.deleteIdle(id, since);
  }

  /** What was written while a clock was ahead would else seem busy until that time comes. */
  int bringBackFromTheFuture() {
    return rows.bringBackFromTheFuture();
  }

  List<UUID> idleSince(Instant instant, int limit) {
    return rows.idleSince(instant, limit);
  }

  long count() {
    return begun.count() + rows.count();
  }

  boolean exists(UUID id) {
    return begun.has(id) || rows.exists(id);
  }
}
