package io.orlop.oci;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a tag: 1 to 128 letters, digits, {@code _}, {@code .} and {@code -}, not beginning
 * with the last two.
 *
 * <p>A tag such as {@code sha256-6c3c624b…} is a <em>referrers fallback</em>: a client that found
 * no referrers API keeps there an index of the manifests that refer to that digest.
 *
 * @param value the name, in the case in which it was given
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema">distribution-spec,
 *     referrers tag schema</a>
 */
public record TagName(@JsonValue String value) implements Comparable<TagName> {
  private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  /** What a referrers fallback looks like, as Java and PostgreSQL read it. */
  public static final String FALLBACK_GRAMMAR = "^sha(256|512)-[0-9a-f]{64}$";

  private static final Pattern FALLBACK = Pattern.compile(FALLBACK_GRAMMAR);
  private static final int FALLBACK_HEX = 64;

  /**
   * Checks the name.
   *
   * @throws InvalidNameException if it does not follow the grammar
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TagName {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new InvalidNameException(
          "tag",
          value,
          "expected at most 128 letters, digits, '_', '.' and '-', not beginning with '.' or '-'");
    }
  }

  /**
   * Names the fallback tag of a digest: algorithm, {@code -} and the first 64 hexadecimal digits.
   */
  public static TagName fallbackFor(Digest subject) {
    return new TagName(
        subject.algorithm().wireName() + "-" + subject.hex().substring(0, FALLBACK_HEX));
  }

  /** Tells whether this tag has the form of a referrers fallback, for whichever digest. */
  public boolean isReferrersFallback() {
    return FALLBACK.matcher(value).matches();
  }

  /** Orders by bytes, as the specification lists tags. */
  @Override
  public int compareTo(TagName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
