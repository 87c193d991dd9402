package io.orlop.system.bootstrap;

import io.orlop.system.StartRefusedException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/**
 * Where Orlop begins and ends. Around the framework's life lies the data folder's lock, and within
 * that the embedded database's.
 */
@QuarkusMain
public final class OrlopMain {
  private static final int USAGE = 2;
  private static final int REFUSED = 1;

  /** Runs until a signal or a failure ends it. */
  public static void main(String... args) {
    // Before the first logger is made: later it has no effect.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    try {
      Flags.parse(List.of(args)).forEach(System::setProperty);
      run(StartSettings.read());
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
    } catch (StartRefusedException e) {
      System.err.println(e.getMessage());
      System.exit(REFUSED);
    }
  }

  private static void run(StartSettings settings) {
    Lifetime lifetime = new Lifetime(DataFolder.open(settings.server().data()));
    Runtime.getRuntime().addShutdownHook(new Thread(lifetime::end, "orlop-end"));
    if (settings.database().url().isEmpty()) {
      MasterKeySource.generateIfMissing(settings.server(), settings.server().data());
      lifetime.startDatabase();
    }
    var _ = MasterKeySource.read(settings.server());
    lifetime.beginFramework();
    Quarkus.run(null, lifetime::frameworkEnded);
  }
}
