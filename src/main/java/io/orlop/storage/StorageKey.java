package io.orlop.storage;

import io.orlop.oci.Digest;
import java.util.regex.Pattern;

/**
 * The name of one stored blob: {@code <algorithm>/<first two digits>/<hex>.<generation>}.
 *
 * <p>The generation makes a key unique for ever: a blob that is stored again after garbage
 * collection condemned it gets another key, so that deleting the old bytes can never touch the new
 * ones.
 *
 * @param value the key, relative to the store's root
 */
public record StorageKey(String value) {
  private static final Pattern GRAMMAR =
      Pattern.compile("sha(?:256|512)/[0-9a-f]{2}/[0-9a-f]{64,128}\\.[0-9a-z]{1,32}");

  public StorageKey {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException("Not a storage key: " + value);
    }
  }

  /** Names the bytes of a digest. */
  public static StorageKey of(Digest digest, String generation) {
    return new StorageKey(
        digest.algorithm().wireName()
            + "/"
            + digest.hex().substring(0, 2)
            + "/"
            + digest.hex()
            + "."
            + generation);
  }

  /** Returns the digest of the bytes that the key names. */
  public Digest digest() {
    String[] parts = value.split("[./]", -1);
    return Digest.parse(parts[0] + ":" + parts[2]);
  }

  @Override
  public String toString() {
    return value;
  }
}
