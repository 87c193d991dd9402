package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunningDigestsTest {
  private static final byte[] ABCD = "abcd".getBytes(StandardCharsets.UTF_8);

  @Test
  void knowsTheDigestOfNothing() {
    RunningDigests digests = new RunningDigests(Set.of());

    assertThat(digests.length()).isZero();
    assertThat(digests.soFar()).isEqualTo(Map.of(DigestAlgorithm.SHA256, Digest.of(new byte[0])));
  }

  @Test
  void goesOnAfterItWasRead() {
    RunningDigests digests = new RunningDigests(EnumSet.allOf(DigestAlgorithm.class));

    digests.update(ByteBuffer.wrap(ABCD, 0, 1));
    assertThat(digests.soFar()).containsEntry(DigestAlgorithm.SHA256, TestBody.digestOf("a"));
    digests.update(ByteBuffer.wrap(ABCD, 1, 3));

    assertThat(digests.length()).isEqualTo(4);
    assertThat(digests.soFar())
        .isEqualTo(
            Map.of(
                DigestAlgorithm.SHA256,
                Digest.of(ABCD),
                DigestAlgorithm.SHA512,
                Digest.of(DigestAlgorithm.SHA512, ABCD)));
  }

  @Test
  void alwaysComputesSha256() {
    assertThat(new RunningDigests(Set.of(DigestAlgorithm.SHA512)).algorithms())
        .containsExactly(DigestAlgorithm.SHA256, DigestAlgorithm.SHA512);
  }
}
