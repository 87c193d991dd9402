package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ParkedDigestsTest {
  private final UUID upload = UUID.randomUUID();

  private static RunningDigests digests(String text) {
    RunningDigests digests = new RunningDigests(Set.of());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digests.update(ByteBuffer.wrap(bytes));
    return digests;
  }

  private static StagedUpload acknowledged(UUID upload, String text) {
    Digest digest = TestBody.digestOf(text);
    return new StagedUpload(upload, text.length(), Map.of(DigestAlgorithm.SHA256, digest));
  }

  @Test
  void handsOutWhatWasParkedOnce() {
    ParkedDigests parked = new ParkedDigests(2);
    RunningDigests digests = digests("abc");

    parked.park(upload, digests);

    assertThat(parked.take(acknowledged(upload, "abc"))).containsSame(digests);
    assertThat(parked.take(acknowledged(upload, "abc"))).isEmpty();
  }

  @Test
  void handsOutNothingAtAnotherOffset() {
    ParkedDigests parked = new ParkedDigests(2);
    parked.park(upload, digests("abc"));

    assertThat(parked.take(acknowledged(upload, "ab"))).isEmpty();
  }

  @Test
  void handsOutNothingForOtherBytes() {
    ParkedDigests parked = new ParkedDigests(2);
    parked.park(upload, digests("abc"));

    assertThat(parked.take(acknowledged(upload, "abd"))).isEmpty();
  }

  @Test
  void dropsTheOneThatWasParkedLongestAgo() {
    ParkedDigests parked = new ParkedDigests(2);
    UUID second = UUID.randomUUID();
    UUID third = UUID.randomUUID();
    parked.park(upload, digests("a"));
    parked.park(second, digests("b"));
    parked.park(upload, digests("ab"));
    parked.park(third, digests("c"));

    assertThat(parked.take(acknowledged(second, "b"))).isEmpty();
    assertThat(parked.take(acknowledged(upload, "ab"))).isPresent();
    assertThat(parked.take(acknowledged(third, "c"))).isPresent();
  }

  @Test
  void forgets() {
    ParkedDigests parked = new ParkedDigests(2);
    parked.park(upload, digests("abc"));

    parked.forget(upload);

    assertThat(parked.take(acknowledged(upload, "abc"))).isEmpty();
  }
}
