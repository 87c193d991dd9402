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
  private final ConcurrentHashMap<String, Caller> callers = new ConcurrentHashMap<>();

  OpenUploads(Database database, UploadConfig config) {
    this.database = database;
    this.limit = config.openPerCaller();
  }

  /**
   * A caller between two counts.
   *
   * @param left how many more may begin
   * @param beginning how many were admitted whose rows a count may miss
   * @param admitted how many were admitted in all
   */
  private record Caller(int left, int beginning, long admitted) {
    private static final Caller NEW = new Caller(0, 0, 0);

    private Caller begins(int room) {
      return new Caller(room - 1, beginning + 1, admitted + 1);
    }

    private Caller hasBegun() {
      return new Caller(left, beginning - 1, admitted);
    }
  }

  /**
   * Admits one more.
   *
   * @return to be closed when the upload has its row
   * @throws io.orlop.platform.error.RegistryException TOOMANYREQUESTS if there are too many
   */
  RunningUploads.Place admit(Principal principal) {
    if (limit == 0) {
      return () -> {};
    }
    String key = principal.key();
    if (callers.size() >= CALLERS) {
      callers.values().removeIf(caller -> caller.beginning == 0);
    }
    if (!takeWhatIsLeft(key)) {
      Caller before = callers.getOrDefault(key, Caller.NEW);
      int rows = count(key);
      callers.compute(key, (_, now) -> counted(before, rows, now == null ? Caller.NEW : now));
    }
    return () -> callers.computeIfPresent(key, (_, caller) -> caller.hasBegun());
  }

  private boolean takeWhatIsLeft(String key) {
    Caller caller = callers.getOrDefault(key, Caller.NEW);
    while (caller.left > 0 && !callers.replace(key, caller, caller.begins(caller.left))) {
      caller = callers.getOrDefault(key, Caller.NEW);
    }
    return caller.left > 0;
  }

  /**
   * Takes from what somebody else's count has left in the meantime, else from what this one leaves.
   *
   * @param before the caller before the count
   * @param rows how many rows were counted: those that were beginning then, or have begun since,
   *     may not be among them
   */
  private Caller counted(Caller before, int rows, Caller now) {
    long missed = before.beginning + Math.max(0, now.admitted - before.admitted);
    int room = now.left > 0 ? now.left : Math.clamp(limit - rows - missed, 0, MOST);
    if (room == 0) {
      throw ErrorCode.TOOMANYREQUESTS.exception(
          "this account has %d uploads that were begun and not ended; end or cancel some"
              .formatted(limit));
    }
    return now.begins(room);
  }

  private int count(String key) {
    return database.one(
        "SELECT count(*) FROM (SELECT FROM upload_session WHERE principal = ? LIMIT ?) AS open",
        row -> row.getInt(1),
        key,
        limit);
  }
}
