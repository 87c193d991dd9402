package io.orlop.identity.robot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.identity.PasswordHasher;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.platform.crypto.MasterKey;
import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks secrets of robot accounts.
 *
 * <p>A generated secret has 190 random bits, so one fast hash keeps it as well as a slow one would.
 * One that somebody chose is hashed like a password, and when it was right it is remembered for a
 * minute as a keyed digest, together with the hash that it was checked against.
 */
@ApplicationScoped
class SecretHasher {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 32;
  private static final String FAST = "sha256:";
  private static final String MAC = "HmacSHA256";

  /** Harbor's rule, in its words. */
  private static final Pattern STRONG =
      Pattern.compile("(?s)(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).{8,128}");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final PasswordHasher slow;
  private final SecretKeySpec cacheKey;
  private final Cache<String, Boolean> verified =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  SecretHasher(PasswordHasher slow, MasterKey masterKey) {
    this.slow = slow;
    this.cacheKey = new SecretKeySpec(masterKey.subkey("robot-secret-cache"), MAC);
  }

  /** Makes a secret that follows {@link #requireStrong}. */
  static String generate() {
    String secret;
    do {
      StringBuilder text = new StringBuilder(LENGTH);
      for (int i = 0; i < LENGTH; i++) {
        text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
      }
      secret = text.toString();
    } while (!STRONG.matcher(secret).matches());
    return secret;
  }

  static void requireStrong(String chosen) {
    if (!STRONG.matcher(chosen).matches()) {
      throw ErrorCode.BAD_REQUEST.exception(
          "the secret must be 8-128, inclusively, characters long with at least 1 uppercase letter,"
              + " 1 lowercase letter and 1 number");
    }
  }

  static String hashGenerated(String secret) {
    return FAST + Digest.of(DigestAlgorithm.SHA256, secret.getBytes(StandardCharsets.UTF_8)).hex();
  }

  String hashChosen(String secret) {
    return slow.hash(secret);
  }

  /** Tells whether a hash is that of a generated secret, which nobody can guess. */
  static boolean isGenerated(String hash) {
    return hash.startsWith(FAST);
  }

  /** Tells whether a secret is the one that was hashed. */
  boolean matches(String secret, String hash) {
    if (isGenerated(hash)) {
      return MessageDigest.isEqual(
          hash.getBytes(StandardCharsets.UTF_8),
          hashGenerated(secret).getBytes(StandardCharsets.UTF_8));
    }
    String digest = digest(secret, hash);
    boolean right = verified.get(digest, _ -> slow.matches(secret, hash));
    if (!right) {
      verified.invalidate(digest); // Nobody fills the memory with wrong ones.
    }
    return right;
  }

  private String digest(String secret, String hash) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(cacheKey);
      byte[] text = (hash + "\0" + secret).getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK lacks " + MAC, e);
    }
  }
}
