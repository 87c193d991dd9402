package io.orlop.catalog.upload;

import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one request at a time write to an upload of this process. Between replicas the row's offset
 * decides.
 */
@ApplicationScoped
class UploadLocks {
  private final Set<UUID> held = ConcurrentHashMap.newKeySet();

  /**
   * Takes an upload until the lock is closed.
   *
   * @throws io.orlop.platform.error.RegistryException BLOB_UPLOAD_BUSY if another request has it
   */
  Lock acquire(UUID upload) {
    return tryAcquire(upload).orElseThrow(ErrorCode.BLOB_UPLOAD_BUSY::exception);
  }

  /** Takes an upload until the lock is closed; empty if another request has it. */
  Optional<Lock> tryAcquire(UUID upload) {
    return held.add(upload) ? Optional.of(() -> held.remove(upload)) : Optional.empty();
  }

  boolean isHeld(UUID upload) {
    return held.contains(upload);
  }

  interface Lock extends AutoCloseable {
    @Override
    void close();
  }
}
