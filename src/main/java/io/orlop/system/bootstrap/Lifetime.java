package io.orlop.system.bootstrap;

import io.orlop.system.StartRefusedException;
import io.orlop.system.postgres.EmbeddedPostgres;
import io.quarkus.runtime.Quarkus;
import io.smallrye.config.ConfigValidationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is begun and ended around the framework: the data folder's lock and the embedded database,
 * which must outlive the last connection.
 */
final class Lifetime {
  private static final Logger LOG = Logger.getLogger("io.orlop");
  private static final int FAILED = 1;
  private static final long DRAIN_SECONDS = 22;

  private final DataFolder folder;
  private final CountDownLatch frameworkEnded = new CountDownLatch(1);
  private volatile @Nullable EmbeddedPostgres postgres;
  private volatile boolean frameworkBegun;
  private volatile int exitCode;

  Lifetime(DataFolder folder) {
    this.folder = folder;
  }

  /** Starts the embedded database and makes it the one that the framework connects to. */
  void startDatabase() {
    EmbeddedPostgres database = EmbeddedPostgres.prepare(folder.path().resolve("postgres"));
    postgres = database;
    database.start(this::databaseLost);
    System.setProperty("orlop.database.url", database.jdbcUrl());
    System.setProperty("orlop.database.user", database.user());
    System.setProperty("orlop.database.password", database.password());
  }

  /** Notes that from now on the framework has to end first. */
  void beginFramework() {
    frameworkBegun = true;
  }

  /**
   * Hears from the framework that it has ended.
   *
   * @param failure why, if it could not start
   */
  void frameworkEnded(int code, @Nullable Throwable failure) {
    exitCode = code;
    if (failure != null) {
      report(failure);
    }
    frameworkEnded.countDown();
    System.exit(code);
  }

  /**
   * Ends what is left; runs when the virtual machine ends, for whatever reason.
   *
   * <p>A virtual machine that a signal ends reports the signal as its exit code, but an ordered end
   * is a success; so it is halted when all is done.
   */
  void end() {
    try {
      boolean ended = !frameworkBegun || frameworkEnded.await(DRAIN_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        LOG.warn("Requests are still running; ending them");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    EmbeddedPostgres database = postgres;
    if (database != null) {
      database.stop();
    }
    folder.close();
    Runtime.getRuntime().halt(exitCode);
  }

  private void databaseLost(String reason) {
    LOG.fatal(reason);
    exitCode = FAILED;
    Quarkus.asyncExit(FAILED);
  }

  private static void report(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefusedException refusal) {
        LOG.fatal(refusal.getMessage());
        return;
      }
      if (cause instanceof ConfigValidationException invalid) {
        LOG.fatal(UsageException.of(invalid).getMessage());
        return;
      }
    }
    LOG.fatal("Orlop cannot start", failure);
  }
}
