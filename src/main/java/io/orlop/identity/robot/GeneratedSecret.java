package io.orlop.identity.robot;

import io.orlop.identity.user.Passwords;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * Secrets that are made at random. One has 190 random bits, so one fast hash keeps it as well as a
 * slow one would.
 */
final class GeneratedSecret {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 32;
  private static final String FAST = "sha256:";
  private static final SecureRandom RANDOM = new SecureRandom();

  private GeneratedSecret() {}

  /** Makes a secret that follows Harbor's rule for those that people choose. */
  static String generate() {
    String secret;
    do {
      StringBuilder text = new StringBuilder(LENGTH);
      for (int i = 0; i < LENGTH; i++) {
        text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
      }
      secret = text.toString();
    } while (!Passwords.isStrong(secret));
    return secret;
  }

  static String hash(String secret) {
    return FAST + Digest.of(DigestAlgorithm.SHA256, secret.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** Tells whether a hash is that of a generated secret, which nobody can guess. */
  static boolean isHash(String hash) {
    return hash.startsWith(FAST);
  }

  /** Tells whether a secret is the one that was hashed. */
  static boolean matches(String secret, String hash) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.UTF_8), hash(secret).getBytes(StandardCharsets.UTF_8));
  }
}
