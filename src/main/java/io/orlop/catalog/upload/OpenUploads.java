package io.orlop.catalog.upload;

import io.orlop.identity.Principal;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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
   */
  private record Caller(int left, int beginning) {}

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
    callers.compute(key, (_, known) -> taken(key, known == null ? new Caller(0, 0) : known));
    return () -> callers.computeIfPresent(key, (_, caller) -> begun(caller));
  }

  private Caller taken(String key, Caller caller) {
    int room =
        caller.left > 0 ? caller.left : Math.min(limit - caller.beginning - count(key), MOST);
    if (room <= 0) {
      throw ErrorCode.TOOMANYREQUESTS.exception(
          "this account has %d uploads that were begun and not ended; end or cancel some"
              .formatted(limit));
    }
    return new Caller(room - 1, caller.beginning + 1);
  }

  private static @Nullable Caller begun(Caller caller) {
    return caller.left == 0 && caller.beginning == 1
        ? null
        : new Caller(caller.left, caller.beginning - 1);
  }

  private int count(String key) {
    return database.one(
        "SELECT count(*) FROM (SELECT FROM upload_session WHERE principal = ? LIMIT ?) AS open",
        row -> row.getInt(1),
        key,
        limit);
  }
}
