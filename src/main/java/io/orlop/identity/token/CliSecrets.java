package io.orlop.identity.token;

import io.orlop.platform.crypto.MasterKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Encrypts the secrets that people chose for their command lines, and compares them. */
@ApplicationScoped
public class CliSecrets {
  private final MasterKey masterKey;

  CliSecrets(MasterKey masterKey) {
    this.masterKey = masterKey;
  }

  /** Tells whether a text is somebody's secret, in the same time whatever it is. */
  public boolean matches(long userId, byte[] encrypted, String text) {
    byte[] secret = masterKey.decrypt(encrypted, context(userId));
    return MessageDigest.isEqual(secret, text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] encrypt(long userId, String secret) {
    return masterKey.encrypt(secret.getBytes(StandardCharsets.UTF_8), context(userId));
  }

  String decrypt(long userId, byte[] encrypted) {
    return new String(masterKey.decrypt(encrypted, context(userId)), StandardCharsets.UTF_8);
  }

  private static String context(long userId) {
    return "cli-secret:" + userId;
  }
}
