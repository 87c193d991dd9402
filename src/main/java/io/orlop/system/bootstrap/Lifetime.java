package io.orlop.system.bootstrap;

import io.orlop.platform.log.LogFormat;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.system.StartRefusedException;
import io.orlop.system.postgres.EmbeddedPostgres;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What lies around the framework's life: the data folder's lock, and within it the embedded
 * database, which must outlive the last connection.
 */
final class Lifetime implements EmbeddedPostgres.Listener {
  private static final Logger LOG = Logger.getLogger("io.orlop");
  private static final int FAILED = 1;

  /** A little longer than the framework lets requests drain; PostgreSQL has ten more seconds. */
  private static final long DRAIN_SECONDS = 20;

  private final DataFolder folder;
  private final CountDownLatch frameworkEnded = new CountDownLatch(1);
  private volatile @Nullable EmbeddedPostgres postgres;
  private volatile boolean databaseAnswers;
  private volatile boolean frameworkBegun;
  private volatile int exitCode;

  private Lifetime(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * Takes the data folder, starts what is needed and runs until something ends it.
   *
   * @throws StartRefusedException if the data folder cannot be had
   */
  static void begin(StartSettings settings) {
    Lifetime lifetime = new Lifetime(DataFolder.open(settings.server().data()));
    Runtime.getRuntime().addShutdownHook(new Thread(lifetime::end, "orlop-end"));
    try {
      lifetime.run(settings);
    } catch (StartRefusedException e) {
      System.err.println(e.getMessage());
      lifetime.exit(FAILED);
    }
  }

  private void run(StartSettings settings) {
    if (DataFolder.isHalfRestored(folder.path())) {
      throw new StartRefusedException(
          "A restore into "
              + folder.path()
              + " has not ended: run it again, or begin with another folder.");
    }
    if (settings.database().url().isEmpty()) {
      MasterKeySource.generateIfMissing(settings.server(), folder.path());
      startDatabase();
    }
    var _ = MasterKeySource.read(settings.server());
    System.setProperty("orlop.database.connections", Integer.toString(settings.connections()));
    if (settings.log().format() == LogFormat.JSON) {
      System.setProperty("quarkus.log.console.json.enabled", "true");
    }
    frameworkBegun = true;
    Quarkus.run(null, this::frameworkEnded);
  }

  /**
   * Begins to start the embedded database, and makes it the one that the framework connects to.
   * Both start side by side.
   */
  private void startDatabase() {
    EmbeddedPostgres database = EmbeddedPostgres.prepare(folder.path().resolve("postgres"));
    postgres = database;
    System.setProperty("orlop.database.url", database.jdbcUrl());
    System.setProperty("orlop.database.user", database.user());
    System.setProperty("orlop.database.password", database.password());
    System.setProperty(SoleWriter.OPTIONS_PROPERTY, SoleWriter.OPTIONS);
    DatabaseArrival.begin();
    Thread.ofPlatform().name("orlop-database").start(() -> start(database));
  }

  private void start(EmbeddedPostgres database) {
    try {
      database.start(this);
      databaseAnswers = true;
      DatabaseArrival.arrived();
    } catch (StartRefusedException e) {
      System.err.println(e.getMessage());
      exit(FAILED);
    }
  }

  private void frameworkEnded(int code, @Nullable Throwable failure) {
    if (failure != null) {
      StartFailure.log(failure);
    }
    frameworkEnded.countDown();
    exit(code);
  }

  @Override
  public void recovering() {
    String text = "PostgreSQL is recovering after a crash";
    if (databaseAnswers) {
      LOG.info(text);
    } else {
      // The framework is starting too: nobody knows whether what is logged now is shown.
      System.err.println(text);
    }
  }

  @Override
  public void givenUp(String reason) {
    LOG.fatal(reason);
    Quarkus.asyncExit(FAILED);
  }

  private void exit(int code) {
    exitCode = code;
    System.exit(code);
  }

  /**
   * Ends what is left; runs when the virtual machine ends, for whatever reason.
   *
   * <p>A virtual machine that a signal ends reports the signal as its exit code, but an ordered end
   * is a success; so it is halted when all is done.
   */
  private void end() {
    try {
      // Without its database the framework waits, and serves nobody.
      boolean serves = frameworkBegun && (postgres == null || databaseAnswers);
      if (serves && !frameworkEnded.await(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Ending although requests are still running");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      stopDatabase();
    } finally {
      folder.close();
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private void stopDatabase() {
    EmbeddedPostgres database = postgres;
    if (database == null) {
      return;
    }
    try {
      database.stop();
    } catch (RuntimeException e) {
      LOG.error("PostgreSQL cannot be stopped in order; the next start will see to it", e);
      exitCode = FAILED;
    }
  }
}
