package io.orlop.system.bootstrap;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.OptionalInt;

/** The PostgreSQL that Orlop keeps everything in but blobs' bytes. */
@Unremovable // Read before the framework starts, and still to be known to it.
@ConfigMapping(prefix = "orlop.database")
public interface DatabaseConfig {
  /**
   * The JDBC URL of an external PostgreSQL, {@code jdbc:postgresql://host:port/database}. Without
   * it Orlop runs a PostgreSQL of its own in the data folder.
   */
  Optional<String> url();

  /** The role to connect as; it owns the database. Only with a URL. */
  Optional<String> user();

  /** The role's password. Only with a URL. */
  Optional<String> password();

  /**
   * How many connections to PostgreSQL are used at most: 4 or more, and with the embedded one up to
   * 48. By default twice the number of cores plus two, at least 6 and at most 16. One or two more
   * watch the database.
   */
  OptionalInt connections();
}
