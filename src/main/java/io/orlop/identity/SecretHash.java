package io.orlop.identity;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Secrets of 256 random bits. They are kept as their SHA-256: nobody guesses what it is of. */
public final class SecretHash {
  private static final int BYTES = 32;

  private SecretHash() {}

  /** Makes a secret, as text for headers and cookies. */
  public static String newSecret(SecureRandom random) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** Returns what is kept of a secret. */
  public static byte[] of(String secret) {
    return HexFormat.of()
        .parseHex(Digest.of(DigestAlgorithm.SHA256, secret.getBytes(StandardCharsets.UTF_8)).hex());
  }
}
