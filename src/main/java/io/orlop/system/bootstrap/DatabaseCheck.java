package io.orlop.system.bootstrap;

import io.orlop.system.StartRefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Checks that the database server keeps what it acknowledged, and is the version it was. */
@ApplicationScoped
public class DatabaseCheck {
  /** The fact that holds the major version which has served the database so far. */
  public static final String FACT = "postgresql-major-version";

  private static final int OLDEST = 14;
  private static final List<String> DURABLE =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private final InstallationFacts facts;

  DatabaseCheck(InstallationFacts facts) {
    this.facts = facts;
  }

  void check() {
    checkDurability();
    checkVersion(Integer.parseInt(facts.databaseSetting("server_version_num")) / 10_000);
  }

  private void checkDurability() {
    List<String> off =
        DURABLE.stream().filter(name -> facts.databaseSetting(name).equals("off")).toList();
    if (!off.isEmpty()) {
      throw new StartRefusedException(
          "PostgreSQL may lose what it acknowledged: %s must not be off. Change it in"
                  .formatted(String.join(", ", off))
              + " postgresql.conf (or for the role or database) and reload.");
    }
  }

  /** Package-private so that a test can pretend to be another version. */
  void checkVersion(int major) {
    if (major < OLDEST) {
      throw new StartRefusedException(
          "PostgreSQL %d is too old: Orlop needs %d or newer.".formatted(major, OLDEST));
    }
    String known = facts.findOrRecord(FACT, String.valueOf(major));
    if (!known.equals(String.valueOf(major))) {
      throw new StartRefusedException(
          ("This database was PostgreSQL %s, and now PostgreSQL %d serves it. If it was upgraded on"
                  + " purpose, tell Orlop so: UPDATE installation SET value = '%d' WHERE name ="
                  + " '%s';")
              .formatted(known, major, major, FACT));
    }
  }
}
