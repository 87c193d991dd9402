package io.orlop.system.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/** Reads what people call a PEM pair, and checks that it is one. */
final class KeyPairReader {
  private static final byte[] SAMPLE = "Orlop".getBytes(StandardCharsets.US_ASCII);

  private KeyPairReader() {}

  /** Reads both files. */
  static ServerKeyPair read(PemFiles files) throws UnusableCertificateException {
    List<X509Certificate> chain = chain(files.certificate());
    PrivateKey key = key(files.key());
    if (!belongTogether(key, chain.getFirst().getPublicKey())) {
      throw new UnusableCertificateException(
          "the key is not that of the first certificate ("
              + chain.getFirst().getSubjectX500Principal()
              + ")");
    }
    return new ServerKeyPair(chain, key);
  }

  private static List<X509Certificate> chain(String pem) throws UnusableCertificateException {
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new UnusableCertificateException("the certificate's file holds no certificate");
      }
      return chain;
    } catch (CertificateException e) {
      throw new UnusableCertificateException(
          "the certificate's file is no PEM certificate: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(String pem) throws UnusableCertificateException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        PrivateKey key = key(found);
        if (key != null) {
          return key;
        }
      }
    } catch (IOException e) {
      throw new UnusableCertificateException("the key's file is no PEM key", e);
    }
    throw new UnusableCertificateException("the key's file holds no private key");
  }

  /** OpenSSL writes the parameters of an EC key before the key itself: null for such things. */
  private static @Nullable PrivateKey key(Object found)
      throws IOException, UnusableCertificateException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    return switch (found) {
      case PrivateKeyInfo pkcs8 -> converter.getPrivateKey(pkcs8);
      case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
      case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
          throw new UnusableCertificateException(
              "the key is encrypted, and there is no place for its password; decrypt it with"
                  + " 'openssl pkey -in KEY -out KEY.plain'");
      default -> null;
    };
  }

  private static boolean belongTogether(PrivateKey key, PublicKey publicKey)
      throws UnusableCertificateException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
          default ->
              throw new UnusableCertificateException(
                  "keys of the kind " + key.getAlgorithm() + " are not supported");
        };
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(SAMPLE);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(SAMPLE);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // Of different kinds.
    }
  }
}
