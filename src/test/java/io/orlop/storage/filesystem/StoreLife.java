package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.StorageKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One caller of a store, who does what a seed says and remembers what the store promised. Several
 * may use one store side by side: they push the same few contents, under keys of their own.
 */
final class StoreLife {
  private static final int CONTENTS = 4;
  private static final Set<DigestAlgorithm> BOTH =
      Set.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA512);

  private final Random random;
  private final List<String> diary = new ArrayList<>();
  private final Map<StorageKey, byte[]> stored = new LinkedHashMap<>();
  private final Map<StorageKey, byte[]> perhapsDeleted = new LinkedHashMap<>();
  private final Set<StorageKey> deleted = new HashSet<>();
  private final Map<UUID, Upload> uploads = new LinkedHashMap<>();
  private final boolean writesMarker;
  private Optional<String> marker = Optional.empty();
  private Optional<String> perhapsMarker = Optional.empty();

  /** An upload in progress: its whole content, and every state that was acknowledged. */
  private static final class Upload {
    private final UUID id = UUID.randomUUID();
    private final byte[] content;
    private final List<StagedUpload> states = new ArrayList<>();

    /** Whether its end was tried, so that it may be over. */
    private boolean perhapsEnded;

    private Upload(byte[] content) {
      this.content = content;
    }

    private Optional<StagedUpload> last() {
      return states.isEmpty() ? Optional.empty() : Optional.of(states.getLast());
    }

    private int offset() {
      return last().map(state -> (int) state.offset()).orElse(0);
    }
  }

  StoreLife(long seed, boolean writesMarker) {
    this.random = new Random(seed);
    this.writesMarker = writesMarker;
  }

  /** Returns what was done, for the message of a failure. */
  String diary() {
    return String.join("\n", diary);
  }

  /** Does the next thing. */
  void step(BlobStore store) throws IOException {
    int choice = random.nextInt(12);
    switch (choice) {
      case 0, 1 -> pushWhole(store);
      case 2, 3 -> begin(store);
      case 4, 5 -> goOn(store, false);
      case 6 -> goOn(store, true);
      case 7 -> finish(store);
      case 8 -> drop(store);
      case 9, 10 -> delete(store);
      default -> writeMarker(store);
    }
  }

  private byte[] newContent() {
    byte[] content = new byte[1 + random.nextInt(9000)];
    new Random(random.nextInt(CONTENTS)).nextBytes(content);
    return Arrays.copyOf(content, 1000 + content.length / 3000 * 2000);
  }

  /** Pushes a blob at once. */
  void pushWhole(BlobStore store) throws IOException {
    byte[] content = newContent();
    diary.add("push " + Digest.of(content));
    Upload upload = new Upload(content);
    upload.perhapsEnded = true;
    uploads.put(upload.id, upload);
    try (BlobWriter writer = store.create(upload.id, BOTH)) {
      writer.append(new ByteArrayInputStream(content));
      stored.put(writer.commit(Digest.of(content)), content);
    }
    uploads.remove(upload.id);
  }

  private void begin(BlobStore store) throws IOException {
    Upload upload = new Upload(newContent());
    uploads.put(upload.id, upload);
    append(store, upload, false);
  }

  private Optional<Upload> anyUpload() {
    List<Upload> open = uploads.values().stream().filter(upload -> !upload.perhapsEnded).toList();
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
  }

  private void goOn(BlobStore store, boolean breaksOff) throws IOException {
    Optional<Upload> upload = anyUpload();
    if (upload.isPresent()) {
      append(store, upload.get(), breaksOff);
    }
  }

  private void append(BlobStore store, Upload upload, boolean breaksOff) throws IOException {
    int from = upload.offset();
    boolean all = random.nextInt(3) == 0; // So that what ends the upload brings nothing.
    int length = upload.content.length;
    int to = all ? length : from + random.nextInt(length - from + 1);
    diary.add("append " + from + "-" + to + " to " + upload.id + (breaksOff ? ", broken off" : ""));
    try (BlobWriter writer = open(store, upload)) {
      InputStream part = new ByteArrayInputStream(upload.content, from, to - from);
      try {
        writer.append(breaksOff ? new SequenceInputStream(part, new BrokenBody()) : part);
      } catch (BrokenBody.BrokenOff _) {
        diary.add("went away");
      }
      upload.states.add(writer.state());
    }
  }

  private static BlobWriter open(BlobStore store, Upload upload) {
    StagedUpload last = upload.last().orElse(new StagedUpload(upload.id, 0, Map.of()));
    return last.offset() == 0 ? store.create(upload.id, BOTH) : store.resume(last);
  }

  private void finish(BlobStore store) throws IOException {
    Optional<Upload> any = anyUpload();
    if (any.isPresent()) {
      finish(store, any.get());
    }
  }

  private void finish(BlobStore store, Upload upload) throws IOException {
    diary.add("finish " + upload.id + " from " + upload.offset());
    Digest digest = Digest.of(upload.content);
    try (BlobWriter writer = open(store, upload)) {
      int from = upload.offset();
      writer.append(new ByteArrayInputStream(upload.content, from, upload.content.length - from));
      assertThat(writer.matches(digest)).as("%s has its digest", upload.id).isTrue();
      upload.perhapsEnded = true;
      stored.put(writer.commit(digest), upload.content);
    }
    uploads.remove(upload.id);
  }

  private void drop(BlobStore store) {
    Optional<Upload> any = anyUpload();
    if (any.isEmpty()) {
      return;
    }
    Upload upload = any.get();
    diary.add("drop " + upload.id);
    upload.perhapsEnded = true;
    if (random.nextBoolean()) {
      store.discard(upload.id);
    } else {
      upload.perhapsEnded = false; // Until it can be taken up.
      BlobWriter writer = open(store, upload);
      upload.perhapsEnded = true;
      writer.cancel();
    }
    uploads.remove(upload.id);
  }

  private void delete(BlobStore store) {
    if (stored.isEmpty()) {
      return;
    }
    StorageKey key = List.copyOf(stored.keySet()).get(random.nextInt(stored.size()));
    diary.add("delete " + key);
    perhapsDeleted.put(key, require(stored.remove(key)));
    store.delete(key);
    perhapsDeleted.remove(key);
    deleted.add(key);
  }

  /** Does again what failed: then it has to succeed. */
  void repeatDeletes(BlobStore store) {
    for (StorageKey key : List.copyOf(perhapsDeleted.keySet())) {
      store.delete(key);
      perhapsDeleted.remove(key);
      deleted.add(key);
    }
  }

  private void writeMarker(BlobStore store) {
    if (writesMarker) {
      String next = "marker " + random.nextLong();
      diary.add("write " + next);
      perhapsMarker = Optional.of(next);
      store.writeMarker(next);
      marker = perhapsMarker;
    }
  }

  /** Checks that all is there that was acknowledged, and nothing that was deleted. */
  void checkPromises(BlobStore store) throws IOException {
    for (Map.Entry<StorageKey, byte[]> blob : stored.entrySet()) {
      assertThat(read(store, blob.getKey())).as("%s", blob.getKey()).isEqualTo(blob.getValue());
    }
    for (Map.Entry<StorageKey, byte[]> blob : perhapsDeleted.entrySet()) {
      try {
        assertThat(read(store, blob.getKey())).as("%s", blob.getKey()).isEqualTo(blob.getValue());
      } catch (StorageException e) {
        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
      }
    }
    for (StorageKey key : deleted) {
      assertThat(isThere(store, key)).as("the deleted %s is there", key).isFalse();
    }
    if (writesMarker) {
      assertThat(store.marker()).isIn(marker, perhapsMarker);
      marker = store.marker();
    }
  }

  /**
   * Takes all uploads to their end, each from some state that was acknowledged once: a database may
   * have lost the later ones. A power cut may have taken the staged bytes away; then the store has
   * to say so.
   */
  void finishUploads(BlobStore store, boolean powerWasCut) throws IOException {
    for (Upload upload : List.copyOf(uploads.values())) {
      if (powerWasCut && !upload.states.isEmpty()) {
        int known = 1 + random.nextInt(upload.states.size());
        upload.states.subList(known, upload.states.size()).clear();
      }
      boolean mayBeGone = powerWasCut || upload.perhapsEnded;
      try {
        finish(store, upload);
      } catch (StorageException e) {
        assertThat(e.kind()).as("%s of %s", e, upload.id).isEqualTo(Kind.NOT_FOUND);
        assertThat(mayBeGone).as("%s may be gone: %s", upload.id, e).isTrue();
        store.discard(upload.id);
        uploads.remove(upload.id);
      }
    }
  }

  private static boolean isThere(BlobStore store, StorageKey key) {
    try (BlobReader _ = store.open(key)) {
      return true;
    } catch (StorageException e) {
      assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
      return false;
    }
  }

  private static byte[] read(BlobStore store, StorageKey key) throws IOException {
    try (BlobReader reader = store.open(key)) {
      return reader.stream(0, reader.size()).readAllBytes();
    }
  }

  private static <T> T require(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("Not there");
    }
    return value;
  }

  /** The end of a body whose client went away. */
  private static final class BrokenBody extends InputStream {
    private static final class BrokenOff extends IOException {
      private static final long serialVersionUID = 1L;
    }

    @Override
    public int read() throws IOException {
      throw new BrokenOff();
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      throw new BrokenOff();
    }
  }
}
