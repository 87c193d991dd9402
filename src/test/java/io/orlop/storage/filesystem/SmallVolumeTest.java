package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import io.orlop.testsupport.clients.ClientTool;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real volume of 16 MiB that fills up. Mounting it takes root on Linux. */
class SmallVolumeTest {
  private static final long MIB = 1 << 20;
  private static final SpaceReserve RESERVE = new SpaceReserve(4 * MIB, 0);

  @TempDir private Path folder;
  private Path volume;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    volume = Files.createDirectory(folder.resolve("volume"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", volume.toString()) == 0;
    if (!mounted) {
      ClientTool.unavailable("A tmpfs cannot be mounted");
    }
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", volume.toString())).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException _) {
      return -1;
    }
  }

  private static StorageKey put(FilesystemBlobStore store, long seed, long size)
      throws IOException {
    try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
      writer.append(TestBody.of(seed, size));
      return writer.commit(TestBody.digestOf(seed, size));
    }
  }

  @Test
  void stopsUploadsAtTheReserveWhileReadsAndDeletesGoOn() throws IOException {
    try (FilesystemBlobStore store = FilesystemBlobStore.open(volume, RESERVE)) {
      StorageKey stored = put(store, 1, 5 * MIB);

      StagedUpload staged;
      try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
        assertThatExceptionOfType(StorageException.class)
            .isThrownBy(() -> writer.append(TestBody.of(2, 8 * MIB)))
            .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NO_SPACE))
            .withMessageContaining("reserve is 4.0 MiB (orlop.storage.reserve)")
            .withMessageContaining("enlarge the volume");
        staged = writer.state();
      }
      assertThat(staged.offset()).isBetween(6 * MIB, 7 * MIB);
      assertThat(volume.toFile().getUsableSpace()).isGreaterThanOrEqualTo(4 * MIB);

      assertThat(reads(store, stored, 1, 5 * MIB)).isTrue();
      assertThat(store.stagedBefore(Instant.MAX, 10)).containsExactly(staged.id());
      store.delete(stored);

      try (BlobWriter writer = store.resume(staged)) {
        writer.append(TestBody.part(2, staged.offset(), 8 * MIB));
        StorageKey second = writer.commit(TestBody.digestOf(2, 8 * MIB));
        assertThat(reads(store, second, 2, 8 * MIB)).isTrue();
      }
    }
  }

  @Test
  void refusesTheNextUploadBeforeItsFirstByte() throws IOException {
    Files.write(volume.resolve("ballast"), new byte[(int) (13 * MIB)]);
    try (FilesystemBlobStore store = FilesystemBlobStore.open(volume, RESERVE)) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(store::checkSpace)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NO_SPACE))
          .withMessageContaining("has 3.0 MiB free");

      Files.delete(volume.resolve("ballast"));

      store.checkSpace();
    }
  }

  @Test
  void keepsWhatFitWhenTheVolumeFillsUpUnderneath() throws IOException {
    FileLayer files = new ChannelFileLayer();
    SpaceGuard blind = new SpaceGuard(files, volume, new SpaceReserve(0, 0), () -> 0);
    try (FilesystemBlobStore store =
            new FilesystemBlobStore(StoreParts.over(files, new StoreFolders(volume), blind));
        BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
      StorageKey stored = put(store, 1, MIB);

      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> writer.append(new FillingBody(TestBody.of(2, 10 * MIB))))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NO_SPACE))
          .withMessageContaining("the volume is full");
      assertThat(writer.offset()).isBetween(MIB, 10 * MIB - 1);

      StagedUpload staged = writer.state();
      assertThat(writer.matches(TestBody.digestOf(2, staged.offset()))).isTrue();
      assertThat(reads(store, stored, 1, MIB)).isTrue();
      store.delete(stored);
    }
  }

  /** Lets somebody else fill the volume after the first two MiB. */
  private final class FillingBody extends FilterInputStream {
    private long seen;

    private FillingBody(InputStream body) {
      super(body);
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      int given = super.read(target, from, count);
      if (seen < 2 * MIB && seen + given >= 2 * MIB) {
        Files.write(volume.resolve("ballast"), new byte[(int) (11 * MIB)]);
      }
      seen += given;
      return given;
    }
  }

  private static boolean reads(FilesystemBlobStore store, StorageKey key, long seed, long size)
      throws IOException {
    try (BlobReader reader = store.open(key);
        InputStream stream = reader.stream(0, reader.size())) {
      return reader.size() == size
          && TestBody.digestOf(DigestAlgorithm.SHA256, stream)
              .equals(TestBody.digestOf(seed, size));
    }
  }
}
