package io.orlop.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * A digest algorithm that Orlop computes and verifies.
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests">image-spec,
 *     digests</a>
 */
public enum DigestAlgorithm {
  SHA256("sha256", "SHA-256", 64),
  SHA512("sha512", "SHA-512", 128);

  private final String wireName;
  private final String javaName;
  private final int hexLength;

  DigestAlgorithm(String wireName, String javaName, int hexLength) {
    this.wireName = wireName;
    this.javaName = javaName;
    this.hexLength = hexLength;
  }

  /** Finds the algorithm of a digest's first part, such as {@code sha256}; empty if unsupported. */
  public static Optional<DigestAlgorithm> byWireName(String name) {
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.wireName.equals(name)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** Returns the name before the colon of a digest. */
  public String wireName() {
    return wireName;
  }

  /** Returns how many hexadecimal digits a digest of this algorithm has. */
  public int hexLength() {
    return hexLength;
  }

  /** Returns a fresh running digest. */
  public MessageDigest newMessageDigest() {
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK lacks " + javaName, e);
    }
  }
}
