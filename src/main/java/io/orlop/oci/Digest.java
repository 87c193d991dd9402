package io.orlop.oci;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A content digest of a supported algorithm, such as {@code sha256:6c3c624b…}.
 *
 * <p>Instances are always valid: the hexadecimal part has the algorithm's length and is lower case,
 * so it may be used in a path without further checks.
 *
 * @param algorithm the algorithm
 * @param hex the lower-case hexadecimal digits
 */
public record Digest(DigestAlgorithm algorithm, String hex) implements Comparable<Digest> {

  public Digest {
    if (hex.length() != algorithm.hexLength() || !isLowerHex(hex)) {
      throw new InvalidDigestException(algorithm.wireName() + ":" + hex, "malformed");
    }
  }

  /**
   * Parses a digest.
   *
   * @throws InvalidDigestException if the text is no digest, or of an algorithm that is not
   *     supported
   */
  @JsonCreator
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      throw new InvalidDigestException(text, "expected <algorithm>:<hex>");
    }
    DigestAlgorithm algorithm =
        DigestAlgorithm.byWireName(text.substring(0, colon))
            .orElseThrow(() -> new InvalidDigestException(text, "supported are sha256 and sha512"));
    String hex = text.substring(colon + 1);
    if (hex.length() != algorithm.hexLength() || !isLowerHex(hex)) {
      throw new InvalidDigestException(
          text, "expected " + algorithm.hexLength() + " lower-case hexadecimal digits");
    }
    return new Digest(algorithm, hex);
  }

  /** Computes the SHA-256 digest of bytes. */
  public static Digest of(byte[] bytes) {
    return of(DigestAlgorithm.SHA256, bytes);
  }

  /** Computes the digest of bytes. */
  public static Digest of(DigestAlgorithm algorithm, byte[] bytes) {
    return ofFinished(algorithm, algorithm.newMessageDigest().digest(bytes));
  }

  /**
   * Reads the digest of all bytes that a running digest has seen, which may go on afterwards.
   *
   * @param running a digest of the JDK's own provider, which can be cloned
   */
  public static Digest soFar(DigestAlgorithm algorithm, MessageDigest running) {
    try {
      return ofFinished(algorithm, ((MessageDigest) running.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The digest " + running.getAlgorithm() + " has no clone", e);
    }
  }

  private static Digest ofFinished(DigestAlgorithm algorithm, byte[] value) {
    return new Digest(algorithm, HexFormat.of().formatHex(value));
  }

  private static boolean isLowerHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(Digest other) {
    return toString().compareTo(other.toString());
  }

  @JsonValue
  @Override
  public String toString() {
    return algorithm.wireName() + ":" + hex;
  }
}
