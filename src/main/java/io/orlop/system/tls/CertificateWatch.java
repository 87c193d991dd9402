package io.orlop.system.tls;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pair of two files. Their content is compared, not their times: Kubernetes replaces a
 * symbolic link far up the path, and a copy may keep its time.
 *
 * <p>The two are never written at one moment. What cannot be used is told when it is still so at
 * the next look, and the pair in use stays.
 */
final class CertificateWatch {
  private static final Logger LOG = Logger.getLogger("io.orlop.tls");
  private static final Duration REMINDER = Duration.ofDays(1);

  private final Path certificate;
  private final Path key;
  private final Clock clock;
  private final CurrentKeys keys;
  private PemFiles seen;
  private ServerKeyPair used;
  private Instant reminded = Instant.MIN;
  private @Nullable String refusal;
  private boolean refusalTold;

  private CertificateWatch(
      Path certificate, Path key, Clock clock, PemFiles seen, ServerKeyPair used) {
    this.certificate = certificate;
    this.key = key;
    this.clock = clock;
    this.seen = seen;
    this.used = used;
    this.keys = new CurrentKeys(used);
  }

  /** Reads the pair for the first time. */
  static CertificateWatch open(Path certificate, Path key, Clock clock)
      throws UnusableCertificateException {
    PemFiles files = PemFiles.read(certificate, key);
    ServerKeyPair pair = KeyPairReader.read(files);
    pair.requireValid(clock.instant());
    return new CertificateWatch(certificate, key, clock, files, pair);
  }

  /** Returns the keys, always those of the moment. */
  CurrentKeys keys() {
    return keys;
  }

  /** Looks whether the files have changed, and whether the certificate ends soon. */
  synchronized void look() {
    Instant now = clock.instant();
    try {
      PemFiles files = PemFiles.read(certificate, key);
      if (!files.equals(seen)) {
        ServerKeyPair pair = KeyPairReader.read(files);
        pair.requireValid(now);
        keys.replace(pair);
        used = pair;
        seen = files;
        reminded = Instant.MIN;
        LOG.infof("New connections get the new TLS certificate: %s", pair);
      }
      refusal = null;
      refusalTold = false;
    } catch (UnusableCertificateException e) {
      refuse(String.valueOf(e.getMessage()));
    }
    remind(now);
  }

  /** Returns how long the certificate in use is still valid; negative once it has expired. */
  synchronized Duration left() {
    return Duration.between(clock.instant(), used.until());
  }

  /** Returns what an operator should know. */
  synchronized Optional<String> problem() {
    return refusalTold
        ? Optional.ofNullable(refusal).map(text -> "the new TLS certificate is refused: " + text)
        : used.expiryNote(clock.instant());
  }

  private void refuse(String reason) {
    boolean again = reason.equals(refusal);
    refusal = reason;
    if (again && !refusalTold) {
      refusalTold = true;
      LOG.errorf(
          "The new TLS certificate %s with the key %s is refused, the old one stays in use: %s",
          certificate, key, reason);
    }
  }

  private void remind(Instant now) {
    Optional<String> note = used.expiryNote(now);
    if (note.isPresent() && !reminded.isAfter(now.minus(REMINDER))) {
      reminded = now;
      LOG.warnf("Renew it: %s (%s)", note.get(), certificate);
    }
  }
}
