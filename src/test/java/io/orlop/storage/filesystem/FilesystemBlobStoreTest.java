package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.storage.AbstractBlobStoreTest;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemBlobStoreTest extends AbstractBlobStoreTest {
  private static final SpaceReserve NO_RESERVE = new SpaceReserve(0, 0);

  @TempDir private Path folder;

  @Override
  protected BlobStore openStore() {
    return FilesystemBlobStore.open(data(), NO_RESERVE);
  }

  private Path data() {
    return folder.resolve("not/there/yet");
  }

  @Test
  void keepsABlobInTheFileThatItsKeyNames() throws IOException {
    StorageKey key = put("abc");

    assertThat(data().resolve("blobs").resolve(key.value())).hasContent("abc");
    try (BlobReader reader = store().open(key)) {
      assertThat(reader.file()).contains(data().resolve("blobs").resolve(key.value()));
    }
  }

  @Test
  void keepsTheMarkerBesideTheBlobs() {
    store().writeMarker("database 1");

    assertThat(data().resolve("blobs/.orlop-store")).hasContent("database 1");
    assertThat(data().resolve("blobs/.orlop-store.new")).doesNotExist();
  }

  @Test
  void makesNoFileForAnUploadWithoutBytes() throws IOException {
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text(""));
      writer.state();
    }

    assertThat(data().resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void leavesNothingStagedOnceABlobIsStored() throws IOException {
    put("abc");

    assertThat(data().resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void startsAnUploadAnewOverStagedBytesOfTheSameId() throws IOException {
    StagedUpload staged = stage("old and long");

    try (BlobWriter writer = store().create(staged.id(), Set.of())) {
      writer.append(TestBody.text("new"));
      assertThat(read(writer.commit(TestBody.digestOf("new")))).isEqualTo("new");
    }
  }

  @Test
  void findsStagedBytesThatChangedWhileItWasClosed() throws IOException {
    StagedUpload staged = stage("abc");
    Files.writeString(data().resolve("uploads").resolve(staged.id().toString()), "abd");
    reopen();

    try (BlobWriter writer = store().resume(staged)) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> writer.append(TestBody.text("def")))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
          .withMessageContaining("begin the upload again");
    }
  }

  @Test
  void overlooksForeignFilesAmongTheUploads() throws IOException {
    Files.writeString(data().resolve("uploads/notes.txt"), "not an upload");
    Files.writeString(data().resolve("uploads/1-1-1-1-1"), "not an id as we write it");
    Files.createDirectory(data().resolve("uploads/lost+found"));
    StagedUpload staged = stage("abc");

    assertThat(store().stagedBefore(Instant.now().plus(1, ChronoUnit.DAYS), 10))
        .containsExactly(staged.id());
  }

  @Test
  void reportsABlobThatWasCutShort() throws IOException {
    StorageKey key = put(TestBody.of(1, 1000), TestBody.digestOf(1, 1000));

    try (BlobReader reader = store().open(key);
        InputStream stream = reader.stream(0, 1000)) {
      Files.writeString(data().resolve("blobs").resolve(key.value()), "short");

      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(stream::readAllBytes)
          .withMessageContaining("damaged");
    }
  }

  @Test
  void saysWhereItCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> FilesystemBlobStore.open(file, NO_RESERVE))
        .withMessageContaining(file.toString());
  }

  @Test
  void refusesToWorkOnceItIsClosed() throws IOException {
    StorageKey key = put("abc");
    store().close();

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> store().open(key))
        .withMessageContaining("closed");
  }

  @Test
  void reservesAShareOfTheVolume() {
    try (BlobStore greedy = FilesystemBlobStore.open(data(), new SpaceReserve(0, 100))) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(greedy::checkSpace)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NO_SPACE))
          .withMessageContaining("orlop.storage.reserve")
          .withMessageContaining(data().toString());
    }
  }
}
