package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import org.junit.jupiter.api.Test;

class ETagsTest {
  private final Digest digest = Digest.of(new byte[] {1});
  private final Digest other = Digest.of(new byte[] {2});

  @Test
  void matchesItselfQuotedBareWeakAndInAList() {
    assertThat(ETags.matches(ETags.of(digest), digest)).isTrue();
    assertThat(ETags.matches(digest.toString(), digest)).isTrue();
    assertThat(ETags.matches("W/" + ETags.of(digest), digest)).isTrue();
    assertThat(ETags.matches(ETags.of(other) + ", " + ETags.of(digest), digest)).isTrue();
    assertThat(ETags.matches("*", digest)).isTrue();
  }

  @Test
  void matchesNothingElse() {
    assertThat(ETags.matches(null, digest)).isFalse();
    assertThat(ETags.matches("", digest)).isFalse();
    assertThat(ETags.matches(ETags.of(other), digest)).isFalse();
    assertThat(ETags.matches(digest + "x", digest)).isFalse();
  }
}
