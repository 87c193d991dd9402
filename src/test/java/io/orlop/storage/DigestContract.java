package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bytes are stored under the digest that they have, and no other. */
interface DigestContract extends StoreUnderTest {

  @Test
  default void computesSha256WithoutBeingAsked() throws IOException {
    try (BlobWriter writer = store().create(UUID.randomUUID(), Set.of())) {
      writer.append(TestBody.text("abc"));

      assertThat(writer.state().digests())
          .isEqualTo(Map.of(DigestAlgorithm.SHA256, TestBody.digestOf("abc")));
    }
  }

  @Test
  default void computesBothAlgorithmsWhenAsked() throws IOException {
    Digest sha512 = TestBody.digestOf(DigestAlgorithm.SHA512, TestBody.text("abc"));
    try (BlobWriter writer = store().create(UUID.randomUUID(), Set.of(DigestAlgorithm.SHA512))) {
      writer.append(TestBody.text("abc"));

      assertThat(writer.matches(TestBody.digestOf("abc"))).isTrue();
      assertThat(writer.matches(sha512)).isTrue();
      assertThat(writer.state().digests())
          .isEqualTo(
              Map.of(
                  DigestAlgorithm.SHA256,
                  TestBody.digestOf("abc"),
                  DigestAlgorithm.SHA512,
                  sha512));
    }
  }

  @Test
  default void matchesADigestOfAnAlgorithmThatWasNotComputed() throws IOException {
    long size = 9L * MIB + 1;
    Digest sha512 = TestBody.digestOf(DigestAlgorithm.SHA512, TestBody.of(3, size));
    Digest other = TestBody.digestOf(DigestAlgorithm.SHA512, TestBody.of(4, size));
    try (BlobWriter writer = create()) {
      writer.append(TestBody.of(3, size));

      assertThat(writer.matches(other)).isFalse();
      assertThat(writer.matches(sha512)).isTrue();
    }
  }

  @Test
  default void storesUnderASha512Digest() throws IOException {
    Digest sha512 = TestBody.digestOf(DigestAlgorithm.SHA512, TestBody.text("abc"));

    StorageKey key = put(TestBody.text("abc"), sha512);

    assertThat(key.value()).startsWith("sha512/").contains(sha512.hex());
    assertThat(read(key)).isEqualTo("abc");
  }

  @Test
  default void goesOnWithBothAlgorithmsAfterAMatchInTheMiddle() throws IOException {
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("ab"));
      assertThat(writer.matches(TestBody.digestOf(DigestAlgorithm.SHA512, TestBody.text("ab"))))
          .isTrue();
      writer.append(TestBody.text("c"));

      assertThat(writer.matches(TestBody.digestOf(DigestAlgorithm.SHA512, TestBody.text("abc"))))
          .isTrue();
      assertThat(writer.matches(TestBody.digestOf("abc"))).isTrue();
    }
  }

  @Test
  default void refusesToStoreUnderAnotherDigest() throws IOException {
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("abc"));

      assertThat(writer.matches(TestBody.digestOf("abd"))).isFalse();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.commit(TestBody.digestOf("abd")))
          .withMessageContaining(TestBody.digestOf("abd").toString());
      assertThat(read(writer.commit(TestBody.digestOf("abc")))).isEqualTo("abc");
    }
  }
}
