package io.orlop.identity.robot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orlop.platform.job.PeriodicWork;
import io.orlop.platform.metrics.SlowGauge;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Warns of robot accounts that expire within a week: in the log, by an event and as a figure. */
@ApplicationScoped
class RobotExpiry implements PeriodicWork, MeterBinder {
  private static final Logger LOG = Logger.getLogger(RobotExpiry.class);
  private static final Duration AHEAD = Duration.ofDays(7);
  private static final String SOON = "NOT disabled AND expires_at > now() AND expires_at <= ?";

  private final Database database;
  private final RobotNames names;
  private final Event<RobotExpiring> warnings;

  RobotExpiry(Database database, RobotNames names, Event<RobotExpiring> warnings) {
    this.database = database;
    this.names = names;
    this.warnings = warnings;
  }

  @Override
  public String name() {
    return "warn-of-expiring-robots";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    for (RobotExpiring robot : announce()) {
      LOG.warnf("The robot account %s expires at %s", robot.name(), robot.expiresAt());
      warnings.fire(robot);
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    SlowGauge expiring = new SlowGauge(this::count);
    Gauge.builder("orlop.robots.expiring", expiring::getAsDouble)
        .description("Robot accounts that expire within seven days")
        .register(registry);
  }

  private List<RobotExpiring> announce() {
    return database.list(
        "UPDATE robot SET expiry_announced_at = now() WHERE expiry_announced_at IS NULL AND "
            + SOON
            + " RETURNING id, name, project_id, expires_at",
        row ->
            new RobotExpiring(
                row.getLong("id"),
                names.full(row.getString("name")),
                row.getObject("project_id", Long.class),
                Database.instant(row, "expires_at")),
        Instant.now().plus(AHEAD));
  }

  private double count() {
    return database.one(
        "SELECT count(*) FROM robot WHERE " + SOON,
        row -> row.getLong(1),
        Instant.now().plus(AHEAD));
  }
}
