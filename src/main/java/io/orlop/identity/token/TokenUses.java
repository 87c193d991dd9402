package io.orlop.identity.token;

import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Notes when and where personal tokens were used last, and writes that down in batches: no request
 * waits for it. A crash loses the last seconds.
 */
@ApplicationScoped
public class TokenUses {
  private static final Logger LOG = Logger.getLogger(TokenUses.class);
  private static final long SECONDS = 5;

  private final Database database;
  private final Map<Long, Use> noted = new ConcurrentHashMap<>();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("token-uses").daemon().factory());

  TokenUses(Database database) {
    this.database = database;
  }

  /** Notes that a token is used now. */
  public void note(long tokenId, String address) {
    noted.put(tokenId, new Use(Instant.now(), address));
  }

  void start(@Observes StartupEvent event) {
    var _ = writer.scheduleWithFixedDelay(this::writeOrLog, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    writer.shutdown();
    writeOrLog();
  }

  private void writeOrLog() {
    try {
      write();
    } catch (DatabaseException e) {
      LOG.debugf(e, "Uses of personal tokens are written later");
    }
  }

  /** What could not be written is noted still, unless there was another use since. */
  private void write() {
    Map<Long, Use> uses = Map.copyOf(noted);
    if (uses.isEmpty()) {
      return;
    }
    List<Long> ids = new ArrayList<>(uses.keySet());
    List<Use> values = ids.stream().map(uses::get).toList();
    database.update(
        """
        UPDATE personal_token t SET last_used_at = n.at::timestamptz, last_used_address = n.address
          FROM unnest(?::bigint[], ?::text[], ?::text[]) AS n (id, at, address)
         WHERE t.id = n.id
           AND (t.last_used_at IS NULL OR t.last_used_at < n.at::timestamptz)
        """,
        ids.stream().mapToLong(Long::longValue).toArray(),
        values.stream().map(use -> use.at().toString()).toList(),
        values.stream().map(Use::address).toList());
    uses.forEach(noted::remove);
  }

  private record Use(Instant at, String address) {}
}
