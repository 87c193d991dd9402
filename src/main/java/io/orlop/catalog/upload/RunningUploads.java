package io.orlop.catalog.upload;

import io.orlop.identity.Principal;
import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the uploads of each caller that take in bytes, and refuses more than there may be. */
@ApplicationScoped
class RunningUploads {
  private final int limit;
  private final ConcurrentHashMap<String, Integer> running = new ConcurrentHashMap<>();

  RunningUploads(UploadConfig config) {
    this.limit = config.runningPerCaller();
  }

  /** A place, until it is closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place.
   *
   * @throws io.orlop.platform.error.RegistryException TOOMANYREQUESTS if all are taken
   */
  Place enter(Principal principal) {
    String caller = principal.key();
    int now = running.merge(caller, 1, Integer::sum);
    if (limit > 0 && now > limit) {
      leave(caller);
      throw ErrorCode.TOOMANYREQUESTS.exception(
          "%d uploads of this account are running already, try again later".formatted(limit));
    }
    return () -> leave(caller);
  }

  private void leave(String caller) {
    running.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
  }
}
