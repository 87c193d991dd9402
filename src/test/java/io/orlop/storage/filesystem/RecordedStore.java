package io.orlop.storage.filesystem;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store whose file operations are recorded. */
abstract class RecordedStore {
  static final UUID UPLOAD = UUID.fromString("6f1f7a3e-0d0c-4a4e-9a2e-3f5b8a3c1d10");
  static final Digest ABC = TestBody.digestOf("abc");
  static final String PREFIX = "blobs/sha256/" + ABC.hex().substring(0, 2);
  static final String STAGED = "uploads/" + UPLOAD;

  @TempDir Path data;
  RecordingFileLayer files;
  FilesystemBlobStore store;

  @BeforeEach
  void open() {
    files = new RecordingFileLayer(data);
    StoreFolders folders = new StoreFolders(data);
    SpaceGuard space = new SpaceGuard(files, data, new SpaceReserve(0, 0), () -> 0);
    store = new FilesystemBlobStore(StoreParts.over(files, folders, space));
    files.forget();
  }

  @AfterEach
  void close() {
    store.close();
  }

  BlobWriter create() {
    return store.create(UPLOAD, Set.of(DigestAlgorithm.SHA256));
  }

  StorageKey put(String text) throws IOException {
    try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
      writer.append(TestBody.text(text));
      return writer.commit(TestBody.digestOf(text));
    }
  }

  StagedUpload stage(InputStream body) throws IOException {
    try (BlobWriter writer = create()) {
      writer.append(body);
      return writer.state();
    }
  }

  /** What is asked of the disk, without what only looks. */
  List<String> changes() {
    return files.record().stream()
        .filter(entry -> !entry.startsWith("space ") && !entry.startsWith("attributes "))
        .toList();
  }

  static String blobOf(StorageKey key) {
    return "blobs/" + key;
  }

  /** The files in the tree of blobs. */
  List<Path> blobs() throws IOException {
    try (Stream<Path> all = Files.walk(data.resolve("blobs"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Lets an operation on a path fail from now on. */
  void failOn(String operation, String path) {
    files.trap((tried, on) -> {
      if (tried.equals(operation) && data.relativize(on).toString().equals(path)) {
        throw new IOException("Input/output error");
      }
    });
  }
}
