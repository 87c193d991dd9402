package io.orlop.system.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate that matches its key.
 *
 * @param chain the certificate first, then those of the authorities in between
 * @param key the private key
 */
record ServerKeyPair(List<X509Certificate> chain, PrivateKey key) {
  /** Certificates of 90 days are renewed 30 days before: this is late. */
  private static final Duration NEAR = Duration.ofDays(14);

  Instant from() {
    return CertificateTimes.from(chain.getFirst());
  }

  Instant until() {
    return CertificateTimes.until(chain.getFirst());
  }

  /** Refuses a pair that no client would accept now. */
  void requireValid(Instant now) throws UnusableCertificateException {
    if (now.isAfter(until())) {
      throw new UnusableCertificateException("the certificate expired at " + until());
    }
    if (now.isBefore(from())) {
      throw new UnusableCertificateException("the certificate is not valid before " + from());
    }
  }

  /** Returns what to say when the certificate ends soon, or has ended. */
  Optional<String> expiryNote(Instant now) {
    if (now.isAfter(until())) {
      return Optional.of("the TLS certificate expired at " + until());
    }
    return now.plus(NEAR).isAfter(until())
        ? Optional.of("the TLS certificate expires at " + until())
        : Optional.empty();
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return chain.getFirst().getSubjectX500Principal() + ", valid until " + until();
  }
}
