package io.orlop.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What Argon2id makes of a password, and what it takes to make it again.
 *
 * @see <a href="https://github.com/P-H-C/phc-string-format">The PHC string format</a>
 */
final class Argon2Hash {
  // As hard as 19 MiB with two passes, says OWASP's cheat sheet for the storage of passwords, and
  // less for the collector to move when it comes in between.
  private static final int MEMORY_KIB = 7 * 1024;
  private static final int ITERATIONS = 5;
  private static final int PARALLELISM = 1;
  private static final int SALT_BYTES = 16;
  private static final int LENGTH_BYTES = 32;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,5}),t=([1-9]\\d{0,2}),p=([1-9]\\d?)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Argon2Parameters parameters;
  private final byte[] bytes;

  private Argon2Hash(Argon2Parameters parameters, byte[] bytes) {
    this.parameters = parameters;
    this.bytes = bytes;
  }

  /** Hashes a password with a fresh salt. */
  static Argon2Hash of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    Argon2Parameters parameters = parameters(MEMORY_KIB, ITERATIONS, PARALLELISM, salt);
    return new Argon2Hash(parameters, hash(parameters, password, LENGTH_BYTES));
  }

  /**
   * Reads one that {@link #toString} wrote, whatever its parameters.
   *
   * @throws IllegalArgumentException if it is none; it does not repeat the text
   */
  static Argon2Hash parse(String text) {
    Matcher matcher = PHC.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not a hash by Argon2id 1.3 in the PHC string format");
    }
    Argon2Parameters parameters =
        parameters(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            Base64.getDecoder().decode(matcher.group(4)));
    return new Argon2Hash(parameters, Base64.getDecoder().decode(matcher.group(5)));
  }

  /** Tells whether it was made of this password, in a time that does not depend on how wrong. */
  boolean matches(String password) {
    return MessageDigest.isEqual(bytes, hash(parameters, password, bytes.length));
  }

  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            parameters.getVersion(),
            parameters.getMemory(),
            parameters.getIterations(),
            parameters.getLanes(),
            base64.encodeToString(parameters.getSalt()),
            base64.encodeToString(bytes));
  }

  private static Argon2Parameters parameters(
      int memoryKib, int iterations, int parallelism, byte[] salt) {
    return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
        .withMemoryAsKB(memoryKib)
        .withIterations(iterations)
        .withParallelism(parallelism)
        .withSalt(salt)
        .build();
  }

  private static byte[] hash(Argon2Parameters parameters, String password, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] bytes = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), bytes);
    return bytes;
  }
}
