package io.orlop.system.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** The text form of keys and certificates. */
final class Pem {
  private Pem() {}

  static String of(X509Certificate certificate) throws IOException {
    return write(certificate);
  }

  static String of(PrivateKey key) throws IOException {
    return write(new JcaPKCS8Generator(key, null));
  }

  private static String write(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(object);
    }
    return text.toString();
  }
}
