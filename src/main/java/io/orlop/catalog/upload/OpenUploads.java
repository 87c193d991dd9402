package io.orlop.catalog.upload;

import io.orlop.identity.Principal;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses callers who have begun too many uploads that they did not end.
 *
 * <p>The rows of a caller are counted when what the last count left is used up, not for each
 * upload: rows of uploads that have ended stay in the way of a count until the database cleans up.
 * So several processes may together admit a few more than the limit.
 */
@ApplicationScoped
class OpenUploads {
  /** So many uploads a process admits between two counts. */
  private static final int MOST = 64;

  /** Callers who ask for more than this are counted anew. */
  private static final int CALLERS = 10_000;

  private final Database database;
  private final int limit;
  private final ConcurrentHashMap<String, Integer> left = new ConcurrentHashMap<>();

  OpenUploads(Database database, UploadConfig config) {
    this.database = database;
    this.limit = config.openPerCaller();
  }

  /**
   * Admits one more.
   *
   * @throws io.orlop.platform.error.RegistryException TOOMANYREQUESTS if there are too many
   */
  void admit(Principal principal) {
    if (limit == 0 || take(principal.key())) {
      return;
    }
    int room = limit - count(principal);
    if (room <= 0) {
      throw ErrorCode.TOOMANYREQUESTS.exception(
          "this account has %d uploads that were begun and not ended; end or cancel some"
              .formatted(limit));
    }
    if (left.size() >= CALLERS) {
      left.clear();
    }
    left.put(principal.key(), Math.min(room, MOST) - 1);
  }

  private boolean take(String caller) {
    boolean[] taken = {false};
    left.computeIfPresent(
        caller,
        (_, room) -> {
          taken[0] = room > 0;
          return room > 1 ? room - 1 : null;
        });
    return taken[0];
  }

  private int count(Principal principal) {
    return database.one(
        "SELECT count(*) FROM (SELECT FROM upload_session WHERE principal = ? LIMIT ?) AS open",
        row -> row.getInt(1),
        principal.key(),
        limit);
  }
}
