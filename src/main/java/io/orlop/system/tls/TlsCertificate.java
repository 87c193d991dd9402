package io.orlop.system.tls;

import io.orlop.system.StartRefusedException;
import io.orlop.system.health.ComponentHealth;
import io.orlop.system.health.HealthSource;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The certificate in use: refused at the start if it is no good, and replaced when files change.
 */
@ApplicationScoped
class TlsCertificate implements HealthSource {
  private static final Logger LOG = Logger.getLogger("io.orlop.tls");
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** Before the checks that touch the database. */
  private static final int FIRST = 0;

  private final TlsConfig config;
  private final Vertx vertx;
  private final Optional<CertificateWatch> watch;

  TlsCertificate(TlsConfig config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
    this.watch = files(config).map(TlsCertificate::open);
  }

  private record Files(Path certificate, Path key) {}

  void start(@Observes @Priority(FIRST) StartupEvent starting) {
    if (watch.isEmpty() && config.plainHttp() == TlsConfig.PlainHttp.DISABLED) {
      throw new StartRefusedException(
          "orlop.tls.plain-http is disabled, and there is no certificate: nothing would be served."
              + " Set orlop.tls.certificate and orlop.tls.key.");
    }
    watch.ifPresent(files -> {
      files.look();
      var _ =
          vertx.setPeriodic(
              INTERVAL.toMillis(), _ -> vertx.executeBlocking(() -> look(files), false));
    });
  }

  /** Returns the keys for the server; empty without own TLS. */
  Optional<KeyCertOptions> keys() {
    return watch.map(files -> KeyCertOptions.wrap(files.keys()));
  }

  /** Returns how long the certificate in use is still valid; empty without own TLS. */
  Optional<Duration> left() {
    return watch.map(CertificateWatch::left);
  }

  @Override
  public Optional<ComponentHealth> health() {
    return watch.map(files -> new ComponentHealth("tls", files.problem()));
  }

  /** Whatever goes wrong, the next look comes. */
  private static @Nullable Void look(CertificateWatch files) {
    try {
      files.look();
    } catch (RuntimeException e) {
      LOG.error("The TLS certificate's files cannot be looked at", e);
    }
    return null;
  }

  private static Optional<Files> files(TlsConfig config) {
    if (config.certificate().isPresent() != config.key().isPresent()) {
      throw new StartRefusedException(
          "orlop.tls.certificate and orlop.tls.key go together: set both or neither.");
    }
    return config.certificate().map(path -> new Files(path, config.key().orElseThrow()));
  }

  private static CertificateWatch open(Files files) {
    try {
      return CertificateWatch.open(files.certificate(), files.key(), Clock.systemUTC());
    } catch (UnusableCertificateException e) {
      throw new StartRefusedException(
          "The TLS certificate %s with the key %s cannot be used: %s."
              .formatted(files.certificate(), files.key(), e.getMessage()),
          e);
    }
  }
}
