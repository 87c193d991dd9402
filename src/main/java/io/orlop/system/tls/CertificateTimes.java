package io.orlop.system.tls;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Time;

/** The times in certificates, as instants. */
final class CertificateTimes {
  private static final DateTimeFormatter READ = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
  private static final DateTimeFormatter WRITE =
      DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int READ_LENGTH = 14;

  private CertificateTimes() {}

  static Instant from(X509Certificate certificate) {
    return instant(fields(certificate).getStartDate());
  }

  static Instant until(X509Certificate certificate) {
    return instant(fields(certificate).getEndDate());
  }

  /** Writes a time before 2050. */
  static Time of(Instant instant) {
    return new Time(new DERUTCTime(WRITE.format(instant)));
  }

  /** The zone that follows is always UTC. */
  private static Instant instant(Time time) {
    return LocalDateTime.parse(time.getTime().substring(0, READ_LENGTH), READ)
        .toInstant(ZoneOffset.UTC);
  }

  private static Certificate fields(X509Certificate certificate) {
    try {
      return Certificate.getInstance(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("A certificate that was read has its bytes", e);
    }
  }
}
