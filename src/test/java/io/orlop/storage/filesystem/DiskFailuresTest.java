package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFailuresTest {
  @TempDir private Path data;
  private Volume volume;
  private Path file;

  /** A volume that can be full or read-only. */
  private static final class Volume extends RecordingFileLayer {
    private long usable = 1L << 40;
    private boolean readOnly;

    private Volume(Path root) {
      super(root);
    }

    @Override
    public Space space(Path folder) {
      return new Space(usable, 1L << 40);
    }

    @Override
    public boolean readOnly(Path folder) {
      return readOnly;
    }
  }

  @BeforeEach
  void makeFolders() throws IOException {
    volume = new Volume(data);
    new StoreFolders(data).make(volume);
    file = data.resolve("uploads/file");
  }

  private StorageException translate(IOException failure) {
    StoreFolders folders = new StoreFolders(data);
    StorageException translated =
        new DiskFailures(volume, folders, new StorePlace(volume, folders))
            .translate("write", file, failure);
    assertThat(translated).hasCause(failure).hasMessageStartingWith("Cannot write " + file);
    return translated;
  }

  @Test
  void takesDeniedAccessForAWrongSetup() {
    StorageException translated = translate(new AccessDeniedException(file.toString()));

    assertThat(translated.kind()).isEqualTo(Kind.MISCONFIGURED);
    assertThat(translated).hasMessageContaining("right to read and write " + data);
  }

  @Test
  void takesTwoVolumesForAWrongSetup() {
    StorageException translated =
        translate(new AtomicMoveNotSupportedException(file.toString(), "there", "other device"));

    assertThat(translated.kind()).isEqualTo(Kind.MISCONFIGURED);
    assertThat(translated).hasMessageContaining("must be on the same volume");
  }

  @Test
  void takesAMissingFileForNothingThere() {
    assertThat(translate(new NoSuchFileException(file.toString())).kind())
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void takesMissingFoldersForAVolumeThatIsNotMounted() throws IOException {
    Files.delete(data.resolve("blobs"));

    StorageException translated = translate(new NoSuchFileException(file.toString()));

    assertThat(translated.kind()).isEqualTo(Kind.MISCONFIGURED);
    assertThat(translated).hasMessageContaining("Is the volume of " + data + " mounted?");
  }

  @Test
  void takesAFailureWithoutRoomForAFullVolume() {
    volume.usable = 4096;

    StorageException translated = translate(new IOException("Kein Speicherplatz"));

    assertThat(translated.kind()).isEqualTo(Kind.NO_SPACE);
    assertThat(translated).hasMessageContaining("enlarge the volume");
  }

  @Test
  void takesAFailureOnAReadOnlyVolumeForAWrongSetup() {
    volume.readOnly = true;

    assertThat(translate(new IOException("EROFS")).kind()).isEqualTo(Kind.MISCONFIGURED);
  }

  @Test
  void takesAnyOtherFailureForTemporary() {
    StorageException translated = translate(new IOException("Input/output error"));

    assertThat(translated.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(translated).hasMessageContaining("Input/output error");
  }
}
