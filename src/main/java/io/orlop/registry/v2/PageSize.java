package io.orlop.registry.v2;

import io.orlop.platform.error.ErrorCode;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The query parameter {@code n}: how many entries a page may have. */
final class PageSize {
  /** Without {@code n}, and whatever it says, a page has no more. */
  private static final int MAX = 1000;

  private PageSize() {}

  /**
   * Reads the parameter. A huge number is clamped, since clients ask for ten thousand to mean all.
   *
   * @throws io.orlop.platform.error.RegistryException PARAMETER_INVALID if it is no number, or
   *     negative
   */
  static int parse(@Nullable String n) {
    if (n == null || n.isEmpty()) {
      return MAX;
    }
    if (n.length() <= 100 && n.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return new BigInteger(n).min(BigInteger.valueOf(MAX)).intValue();
    }
    throw ErrorCode.PARAMETER_INVALID.exception("n must be a number of entries, 0 or more");
  }
}
