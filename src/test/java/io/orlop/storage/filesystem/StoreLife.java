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
import java.util.Collections;
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

  /** How many steps hold everything that a caller can do, in an order of chance. */
  static final int STEPS = 15;

  private final Random random;
  private final List<Step> toDo = new ArrayList<>();
  private final List<String> diary = new ArrayList<>();
  private final Map<StorageKey, byte[]> stored = new LinkedHashMap<>();

  /** Blobs that are there as a whole or not at all: what was tried with them last has failed. */
  private final Map<StorageKey, byte[]> perhapsStored = new LinkedHashMap<>();

  /** Those of them whose deletion has failed. */
  private final Set<StorageKey> perhapsDeleted = new HashSet<>();

  /** What was deleted, or refused under a key that nobody had used. */
  private final Map<StorageKey, byte[]> absent = new LinkedHashMap<>();

  private final Map<UUID, Upload> uploads = new LinkedHashMap<>();
  private final boolean writesMarker;
  private Optional<String> marker = Optional.empty();
  private Optional<String> perhapsMarker = Optional.empty();

  private interface Step {
    void on(BlobStore store) throws IOException;
  }

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
    if (toDo.isEmpty()) {
      toDo.addAll(everything());
      Collections.shuffle(toDo, random);
    }
    toDo.removeLast().on(store);
  }

  private List<Step> everything() {
    return List.of(
        this::pushWhole,
        this::begin,
        this::begin,
        store -> goOn(store, false),
        store -> goOn(store, false),
        store -> goOn(store, true),
        this::finish,
        this::drop,
        this::delete,
        this::putUnderNewKey,
        this::putUnderKnownKey,
        this::putUnderKnownKey,
        this::putInVain,
        this::checkWritable,
        this::writeMarker);
  }

  private byte[] newContent() {
    if (random.nextInt(10) == 0) {
      return new byte[0]; // Which is a file only from the commit on.
    }
    byte[] content = new byte[1 + random.nextInt(9000)];
    new Random(random.nextInt(CONTENTS)).nextBytes(content);
    return Arrays.copyOf(content, 1000 + content.length / 3000 * 2000);
  }

  /** Some blobs are known by the longer digest, whose folders are others. */
  private static Digest digestOf(byte[] content) {
    boolean isLong = content.length > 4000;
    return Digest.of(isLong ? DigestAlgorithm.SHA512 : DigestAlgorithm.SHA256, content);
  }

  /** Pushes a blob at once. */
  void pushWhole(BlobStore store) throws IOException {
    byte[] content = newContent();
    diary.add("push " + digestOf(content));
    Upload upload = new Upload(content);
    upload.perhapsEnded = true;
    uploads.put(upload.id, upload);
    try (BlobWriter writer = store.create(upload.id, BOTH)) {
      writer.append(new ByteArrayInputStream(content));
      stored.put(writer.commit(digestOf(content)), content);
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
    Digest digest = digestOf(upload.content);
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
    StorageKey key = anyStored();
    delete(store, key, require(stored.remove(key)));
  }

  private StorageKey anyStored() {
    return List.copyOf(stored.keySet()).get(random.nextInt(stored.size()));
  }

  private void delete(BlobStore store, StorageKey key, byte[] content) {
    diary.add("delete " + key);
    perhapsStored.put(key, content);
    perhapsDeleted.add(key);
    store.delete(key);
    perhapsStored.remove(key);
    perhapsDeleted.remove(key);
    absent.put(key, content);
  }

  private void putUnderNewKey(BlobStore store) throws IOException {
    byte[] content = newContent();
    put(store, newKey(content), content);
  }

  private StorageKey newKey(byte[] content) {
    return StorageKey.of(digestOf(content), Long.toUnsignedString(random.nextLong(), 36));
  }

  /**
   * Puts a blob again, as a copy does that repairs or comes again after it failed, or one that was
   * deleted, as a restored backup may know it.
   */
  private void putUnderKnownKey(BlobStore store) throws IOException {
    Map<StorageKey, byte[]> known = new LinkedHashMap<>(stored);
    known.putAll(perhapsStored);
    known.putAll(absent);
    if (known.isEmpty()) {
      putUnderNewKey(store);
      return;
    }
    StorageKey key = List.copyOf(known.keySet()).get(random.nextInt(known.size()));
    put(store, key, require(known.get(key)));
  }

  /** A blob that is there stays there, whatever becomes of this. */
  private void put(BlobStore store, StorageKey key, byte[] content) throws IOException {
    boolean isThere = stored.containsKey(key);
    diary.add("put " + key + (isThere ? ", which is there" : ""));
    if (!isThere) {
      absent.remove(key);
      perhapsStored.put(key, content);
      perhapsDeleted.remove(key);
    }
    store.put(key, content.length, new ByteArrayInputStream(content));
    perhapsStored.remove(key);
    stored.put(key, content);
  }

  /** Puts a blob of which not all comes: nothing changes under its key. */
  private void putInVain(BlobStore store) throws IOException {
    byte[] content = newContent();
    StorageKey key = newKey(content);
    if (!stored.isEmpty() && random.nextBoolean()) {
      key = anyStored();
      content = require(stored.get(key));
    } else {
      absent.put(key, content);
    }
    diary.add("put " + key + ", broken off");
    InputStream part = new ByteArrayInputStream(content, 0, random.nextInt(content.length + 1));
    try {
      store.put(key, content.length, new SequenceInputStream(part, new BrokenBody()));
      throw new AssertionError("The put of %s has not failed".formatted(key));
    } catch (BrokenBody.BrokenOff _) {
      diary.add("went away");
    }
  }

  /** Does again all deletions that failed and some puts: then they have to succeed. */
  void repeatWhatFailed(BlobStore store) throws IOException {
    for (Map.Entry<StorageKey, byte[]> blob : new LinkedHashMap<>(perhapsStored).entrySet()) {
      switch (perhapsDeleted.contains(blob.getKey()) ? 0 : random.nextInt(3)) {
        case 0 -> delete(store, blob.getKey(), blob.getValue());
        case 1 -> put(store, blob.getKey(), blob.getValue());
        default -> diary.add("leave " + blob.getKey());
      }
    }
  }

  private void checkWritable(BlobStore store) {
    diary.add("check");
    store.checkWritable();
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

  /** Checks that all is there that was acknowledged, and nothing that was deleted or refused. */
  void checkPromises(BlobStore store) throws IOException {
    for (Map.Entry<StorageKey, byte[]> blob : stored.entrySet()) {
      assertThat(read(store, blob.getKey())).as("%s", blob.getKey()).isEqualTo(blob.getValue());
    }
    for (Map.Entry<StorageKey, byte[]> blob : perhapsStored.entrySet()) {
      try {
        assertThat(read(store, blob.getKey())).as("%s", blob.getKey()).isEqualTo(blob.getValue());
      } catch (StorageException e) {
        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
      }
    }
    for (StorageKey key : absent.keySet()) {
      assertThat(isThere(store, key)).as("the absent %s is there", key).isFalse();
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
}
