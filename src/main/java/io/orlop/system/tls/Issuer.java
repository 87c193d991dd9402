package io.orlop.system.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A small authority that vouches for a few names.
 *
 * @param authority its certificate and key
 * @param clock what the time is
 */
record Issuer(ServerKeyPair authority, Clock clock) {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);

  /** Apple's limit for certificates whose authority a user trusts. */
  private static final Duration LIFE = Duration.ofDays(825);

  /** For clients whose clocks are slow. */
  private static final Duration SLOW = Duration.ofHours(1);

  private static final int SERIAL_BITS = 127;

  /** Makes a new one. */
  static Issuer create(Hosts hosts, Clock clock) throws IOException, OperatorCreationException {
    KeyPair keys = newKeys();
    X500Name name = name("Orlop authority of " + hosts.first());
    X509v3CertificateBuilder builder =
        builder(name, name, keys, clock.instant(), AUTHORITY_LIFE)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
            .addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
            .addExtension(Extension.nameConstraints, true, hosts.constraints())
            .addExtension(
                Extension.subjectKeyIdentifier,
                false,
                extensions().createSubjectKeyIdentifier(keys.getPublic()));
    X509Certificate certificate = sign(builder, keys.getPrivate());
    return new Issuer(new ServerKeyPair(List.of(certificate), keys.getPrivate()), clock);
  }

  /** Takes up one that was made before. */
  static Issuer read(Path certificate, Path key, Clock clock) {
    try {
      ServerKeyPair pair = KeyPairReader.read(PemFiles.read(certificate, key));
      pair.requireValid(clock.instant());
      return new Issuer(pair, clock);
    } catch (UnusableCertificateException e) {
      throw new IllegalArgumentException(
          "the authority %s with the key %s cannot be used again: %s"
              .formatted(certificate, key, e.getMessage()),
          e);
    }
  }

  /** Makes a certificate for a server. */
  ServerKeyPair issue(Hosts hosts) throws IOException, OperatorCreationException {
    requirePermitted(hosts);
    KeyPair keys = newKeys();
    X509Certificate issuer = authority.chain().getFirst();
    X509v3CertificateBuilder builder =
        builder(
                X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                name(hosts.first()),
                keys,
                clock.instant(),
                LIFE)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
            .addExtension(Extension.subjectAlternativeName, false, hosts.alternativeNames())
            .addExtension(
                Extension.authorityKeyIdentifier,
                false,
                extensions().createAuthorityKeyIdentifier(issuer.getPublicKey()));
    X509Certificate certificate = sign(builder, authority.key());
    return new ServerKeyPair(List.of(certificate), keys.getPrivate());
  }

  /** One that was made for other names would issue what no client accepts. */
  private void requirePermitted(Hosts hosts) {
    byte[] wrapped =
        authority.chain().getFirst().getExtensionValue(Extension.nameConstraints.getId());
    if (wrapped == null) {
      return;
    }
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    validator.intersectPermittedSubtree(
        NameConstraints.getInstance(ASN1OctetString.getInstance(wrapped).getOctets())
            .getPermittedSubtrees());
    try {
      for (GeneralName name : hosts.alternativeNames().getNames()) {
        validator.checkPermitted(name);
      }
    } catch (NameConstraintValidatorException e) {
      throw new IllegalArgumentException(
          "the authority that is there may not vouch for %s; name the hosts that it was made for,"
                  .formatted(hosts.values())
              + " or choose another folder",
          e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant now, Duration life) {
    Instant from = now.minus(SLOW);
    return new X509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, new SecureRandom()),
        CertificateTimes.of(from),
        CertificateTimes.of(from.plus(life)),
        subject,
        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
  }

  private static X500Name name(String common) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws OperatorCreationException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (CertificateException e) {
      throw new IllegalStateException("What was just made can be read", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("Every Java has P-256", e);
    }
  }

  private static JcaX509ExtensionUtils extensions() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1 for identifiers", e);
    }
  }
}
