package io.orlop.system.bootstrap;

import io.orlop.platform.settings.InvalidOverridesException;
import io.orlop.storage.StorageException;
import io.orlop.system.StartRefusedException;
import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Tells why a start failed: in one sentence what an operator can mend, else with the stack. */
public final class StartFailure {
  private static final Logger LOG = Logger.getLogger("io.orlop");

  private StartFailure() {}

  static void log(Throwable failure) {
    explain(failure)
        .ifPresentOrElse(
            sentence -> LOG.fatal("Orlop cannot start. " + sentence),
            () -> LOG.fatal("Orlop cannot start", failure));
  }

  /** Returns the sentence of the first cause that has one. */
  public static Optional<String> explain(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .map(StartFailure::sentence)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> sentence(Throwable cause) {
    return switch (cause) {
      case StartRefusedException refused -> Optional.ofNullable(refused.getMessage());
      case InvalidOverridesException invalid -> Optional.ofNullable(invalid.getMessage());
      case StorageException store ->
          Optional.of("The blob store cannot be used: " + store.getMessage());
      case ConfigValidationException invalid ->
          Optional.ofNullable(UsageException.of(invalid).getMessage());
      case QuarkusBindException bind ->
          Optional.of(
              "Port %s is taken by another process; choose another with --port."
                  .formatted(bind.getPort()));
      case SQLException sql when isAboutConnecting(sql) ->
          Optional.of("The database cannot be connected to: " + sql.getMessage());
      default -> Optional.empty();
    };
  }

  /**
   * Tells it by the class of the state: no connection, wrong password, no such database.
   *
   * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">error codes</a>
   */
  private static boolean isAboutConnecting(SQLException failure) {
    String state = failure.getSQLState();
    return state != null
        && (state.startsWith("08") || state.startsWith("28") || state.startsWith("3D"));
  }
}
