package io.orlop.identity.robot;

import static io.orlop.platform.persistence.Database.LAZY_COMMIT;

import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Remembers when and from where each secret was used last, and writes that down every few seconds:
 * a storm of pulls is one statement.
 */
@ApplicationScoped
class RobotUses {
  private static final Logger LOG = Logger.getLogger(RobotUses.class);
  private static final int SECONDS = 5;

  /** While the database still answers. */
  private static final int EARLY = 500;

  private final Database database;
  private final Map<Long, Use> latest = new ConcurrentHashMap<>();
  private final AtomicBoolean planned = new AtomicBoolean();

  RobotUses(Database database) {
    this.database = database;
  }

  private record Use(long robotId, long secretId, Instant at, String address) {}

  /** Notes that a secret was just used. */
  void note(long robotId, long secretId, Optional<InetAddress> address) {
    String from = address.map(InetAddress::getHostAddress).orElse("");
    latest.put(secretId, new Use(robotId, secretId, Instant.now(), from));
    if (planned.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS, Thread::startVirtualThread)
          .execute(this::write);
    }
  }

  void stop(@Observes @Priority(EARLY) ShutdownEvent event) {
    write();
  }

  private void write() {
    planned.set(false);
    List<Use> uses = List.copyOf(latest.values());
    uses.forEach(use -> latest.remove(use.secretId(), use));
    if (uses.isEmpty()) {
      return;
    }
    try {
      write("robot_secret", uses, Use::secretId);
      write("robot", newest(uses), Use::robotId);
    } catch (DatabaseException e) {
      LOG.warn("When robot accounts were used last could not be written down", e);
    }
  }

  private static Collection<Use> newest(List<Use> uses) {
    return uses.stream()
        .collect(
            Collectors.toMap(
                Use::robotId,
                Function.identity(),
                (one, other) -> one.at().isAfter(other.at()) ? one : other,
                TreeMap::new))
        .values();
  }

  /** Rows are locked in one order, so that replicas never wait for each other in turn. */
  private void write(String table, Collection<Use> uses, Function<Use, Long> id) {
    database.update(
        LAZY_COMMIT
            + """
            , given AS (
              SELECT * FROM unnest(?::bigint[], ?::timestamptz[], ?::text[]) AS q (id, at, address)),
            locked AS MATERIALIZED (
              SELECT t.id FROM %1$s t WHERE t.id IN (SELECT id FROM given) ORDER BY t.id FOR UPDATE)
            UPDATE %1$s t SET last_used_at = given.at, last_used_address = given.address
              FROM given, locked, lazy
             WHERE t.id = given.id AND t.id = locked.id
               AND (t.last_used_at IS NULL OR t.last_used_at < given.at)
            """
                .formatted(table),
        uses.stream().mapToLong(id::apply).toArray(),
        uses.stream().map(use -> use.at().toString()).toList(),
        uses.stream().map(Use::address).toList());
  }
}
