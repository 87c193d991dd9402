package io.orlop.storage;

import static io.orlop.storage.StoreUnderTest.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.StorageException.Kind;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An upload may take several requests, with restarts between them. */
interface UploadContract extends StoreUnderTest {

  @Test
  default void goesOnWithAnUploadInTheNextRequest() throws IOException {
    StagedUpload staged = stage("first ");

    try (BlobWriter writer = store().resume(staged)) {
      assertThat(writer.offset()).isEqualTo(6);
      writer.append(TestBody.text("second"));
      assertThat(read(writer.commit(TestBody.digestOf("first second")))).isEqualTo("first second");
    }
  }

  @Test
  default void goesOnWithAnUploadAfterARestart() throws IOException {
    StagedUpload staged;
    try (BlobWriter writer = store().create(UUID.randomUUID(), Set.of(DigestAlgorithm.SHA512))) {
      writer.append(TestBody.part(5, 0, 5L * MIB));
      staged = writer.state();
    }
    reopen();

    try (BlobWriter writer = store().resume(staged)) {
      writer.append(TestBody.part(5, 5L * MIB, 6L * MIB));
      staged = writer.state();
    }
    reopen();

    try (BlobWriter writer = store().resume(staged)) {
      Digest sha512 = TestBody.digestOf(DigestAlgorithm.SHA512, TestBody.of(5, 6L * MIB));
      assertThat(writer.matches(sha512)).isTrue();
      assertThat(digestOf(writer.commit(sha512))).isEqualTo(TestBody.digestOf(5, 6L * MIB));
    }
  }

  @Test
  default void storesAnUploadAfterARestartWithoutFurtherBytes() throws IOException {
    StagedUpload staged = stage("complete");
    reopen();

    try (BlobWriter writer = store().resume(staged)) {
      assertThat(writer.matches(TestBody.digestOf("complete"))).isTrue();
      assertThat(writer.matches(TestBody.digestOf("other"))).isFalse();
      assertThat(writer.state()).isEqualTo(staged);
      assertThat(read(writer.commit(TestBody.digestOf("complete")))).isEqualTo("complete");
    }
  }

  @Test
  default void matchesAnotherAlgorithmAfterARestart() throws IOException {
    StagedUpload staged = stage("complete");
    reopen();

    try (BlobWriter writer = store().resume(staged)) {
      Digest sha512 = TestBody.digestOf(DigestAlgorithm.SHA512, TestBody.text("complete"));
      assertThat(writer.matches(sha512)).isTrue();
      assertThat(writer.matches(TestBody.digestOf("complete"))).isTrue();
    }
  }

  @Test
  default void dropsBytesThatWereNotAcknowledged() throws IOException {
    StagedUpload acknowledged;
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("kept"));
      acknowledged = writer.state();
      writer.append(TestBody.text(", dropped"));
    }

    try (BlobWriter writer = store().resume(acknowledged)) {
      assertThat(writer.offset()).isEqualTo(4);
      writer.append(TestBody.text("!"));
      assertThat(read(writer.commit(TestBody.digestOf("kept!")))).isEqualTo("kept!");
    }
  }

  @Test
  default void dropsAllBytesWhenNoneWereAcknowledged() throws IOException {
    StagedUpload nothing;
    try (BlobWriter writer = create()) {
      nothing = writer.state();
      writer.append(TestBody.text("dropped"));
    }
    reopen();

    try (BlobWriter writer = store().resume(nothing)) {
      assertThat(writer.offset()).isZero();
      assertThat(read(writer.commit(Digest.of(new byte[0])))).isEmpty();
    }
  }

  @Test
  default void goesOnWithAnUploadThatHasNoBytesYet() throws IOException {
    StagedUpload nothing;
    try (BlobWriter writer = create()) {
      nothing = writer.state();
    }
    assertThat(nothing.offset()).isZero();
    reopen();

    try (BlobWriter writer = store().resume(nothing)) {
      writer.append(TestBody.text("late"));
      assertThat(read(writer.commit(TestBody.digestOf("late")))).isEqualTo("late");
    }
  }

  @Test
  default void refusesToGoOnWithFewerBytesThanWereAcknowledged() throws IOException {
    StagedUpload staged = stage("four");

    assertKind(
        Kind.NOT_FOUND,
        () ->
            store()
                .resume(new StagedUpload(staged.id(), 5, staged.digests(), staged.driverState())));
  }

  @Test
  default void refusesToGoOnWithAnUploadThatItDoesNotHave() {
    StagedUpload foreign =
        new StagedUpload(
            UUID.randomUUID(), 3, Map.of(DigestAlgorithm.SHA256, TestBody.digestOf("abc")));

    assertKind(Kind.NOT_FOUND, () -> store().resume(foreign));
  }

  @Test
  default void refusesToGoOnWithOtherBytesThanWereAcknowledged() throws IOException {
    StagedUpload staged = stage("abc");
    StagedUpload other =
        new StagedUpload(
            staged.id(),
            3,
            Map.of(DigestAlgorithm.SHA256, TestBody.digestOf("abd")),
            staged.driverState());

    try (BlobWriter writer = store().resume(other)) {
      assertKind(Kind.NOT_FOUND, () -> writer.append(TestBody.text("def")));
    }
  }

  @Test
  default void keepsWhatArrivedBeforeTheBodyBrokeOff() throws IOException {
    long arrived = 3L * MIB + 4_321;
    StagedUpload staged;
    try (BlobWriter writer = create()) {
      assertThatIOException()
          .isThrownBy(() -> writer.append(TestBody.breaking(6, 5L * MIB, arrived)))
          .withMessage("The client went away");
      assertThat(writer.offset()).isEqualTo(arrived);
      staged = writer.state();
    }

    try (BlobWriter writer = store().resume(staged)) {
      writer.append(TestBody.part(6, arrived, 5L * MIB));
      assertThat(digestOf(writer.commit(TestBody.digestOf(6, 5L * MIB))))
          .isEqualTo(TestBody.digestOf(6, 5L * MIB));
    }
  }

  @Test
  default void forgetsADiscardedUpload() throws IOException {
    StagedUpload staged = stage("unwanted");

    store().discard(staged.id());
    store().discard(staged.id());
    store().discard(UUID.randomUUID());

    assertKind(Kind.NOT_FOUND, () -> store().resume(staged));
  }

  @Test
  default void forgetsACancelledUpload() throws IOException {
    StagedUpload staged;
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("unwanted"));
      staged = writer.state();
      writer.cancel();
    }

    assertKind(Kind.NOT_FOUND, () -> store().resume(staged));
  }

  @Test
  default void cancelsAnUploadThatHasNoBytesYet() {
    try (BlobWriter writer = create()) {
      writer.cancel();
      assertThatIllegalStateException().isThrownBy(writer::state);
    }
  }

  @Test
  default void writesNothingMoreOnceTheUploadIsABlob() throws IOException {
    StagedUpload staged;
    StorageKey key;
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("abc"));
      staged = writer.state();
      key = writer.commit(TestBody.digestOf("abc"));

      assertThatIllegalStateException().isThrownBy(() -> writer.append(TestBody.text("d")));
      assertThatIllegalStateException().isThrownBy(() -> writer.commit(TestBody.digestOf("abc")));
      writer.cancel();
      writer.cancel();
    }
    assertKind(Kind.NOT_FOUND, () -> store().resume(staged));
    store().discard(staged.id());
    assertThat(read(key)).isEqualTo("abc");
  }

  @Test
  default void findsStagedUploadsThatNobodyWritesTo() throws IOException {
    Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);
    Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
    put("a blob, no upload any more");
    StagedUpload first = stage("one");
    StagedUpload second = stage("two");
    store().discard(stage("gone").id());

    assertThat(store().stagedBefore(yesterday, 10)).isEmpty();
    assertThat(store().stagedBefore(tomorrow, 10))
        .containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(store().stagedBefore(tomorrow, 1)).hasSize(1);
  }
}
