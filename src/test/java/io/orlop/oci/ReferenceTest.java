package io.orlop.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String HEX_64 =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @ValueSource(strings = {"latest", "1.2.3", "_", "v1-rc_1", "A", "sha256", "a..b"})
  void takesATextWithoutColonAsATag(String text) {
    assertThat(Reference.parse(text)).isEqualTo(new Reference.ByTag(new TagName(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", ".a", "-a", "a/b", "a%2fb", "a b", "a\0", "a\n", "é", "a+b", "a@b"})
  void refusesOtherTags(String text) {
    assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> Reference.parse(text));
  }

  @Test
  void limitsATagTo128Characters() {
    assertThat(new TagName("a".repeat(128)).value()).hasSize(128);
    assertThatExceptionOfType(InvalidNameException.class)
        .isThrownBy(() -> new TagName("a".repeat(129)));
  }

  @Test
  void takesATextWithColonAsADigest() {
    assertThat(Reference.parse("sha256:" + HEX_64))
        .isEqualTo(new Reference.ByDigest(new Digest(DigestAlgorithm.SHA256, HEX_64)))
        .hasToString("sha256:" + HEX_64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        "sha256:",
        "sha256:abc",
        "sha384:" + HEX_64,
        ":latest",
        "md5:a",
        "sha256:../.."
      })
  void refusesAMalformedOrUnsupportedDigest(String text) {
    assertThatExceptionOfType(InvalidDigestException.class).isThrownBy(() -> Reference.parse(text));
  }

  @Test
  void namesTheFallbackTagOfASha256DigestAndKnowsItAgain() {
    var subject = new Digest(DigestAlgorithm.SHA256, HEX_64);
    TagName tag = TagName.fallbackFor(subject);
    assertThat(tag).hasToString("sha256-" + HEX_64);
    assertThat(tag.isReferrersFallback()).isTrue();
  }

  @Test
  void truncatesTheFallbackTagOfASha512Digest() {
    var subject = new Digest(DigestAlgorithm.SHA512, HEX_64 + "f".repeat(64));
    TagName tag = TagName.fallbackFor(subject);
    assertThat(tag).hasToString("sha512-" + HEX_64);
    assertThat(tag.isReferrersFallback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latest",
        "sha256-abc",
        "SHA256-" + HEX_64,
        "sha256-" + HEX_64 + ".sig",
        "sha384-" + HEX_64,
        "sha256_" + HEX_64,
        "sha256-" + "0123456789ABCDEF" + "0123456789abcdef0123456789abcdef0123456789abcdef",
      })
  void takesOtherTagsForNoFallback(String text) {
    var tag = new TagName(text);
    assertThat(tag.isReferrersFallback()).isFalse();
  }
}
