package io.orlop.storage;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.StorageMeters.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Measures a store, whichever it is. Of what is read from an opened blob the first bytes are
 * measured: how fast the others come is the client's doing.
 */
final class MeasuredBlobStore implements BlobStore {
  private final BlobStore store;
  private final StorageMeters meters;

  MeasuredBlobStore(BlobStore store, StorageMeters meters) {
    this.store = store;
    this.meters = meters;
  }

  @Override
  public BlobWriter create(UUID upload, Set<DigestAlgorithm> algorithms) {
    return new MeasuredWriter(store.create(upload, algorithms), meters);
  }

  @Override
  public BlobWriter resume(StagedUpload upload) {
    BlobWriter writer = meters.measure(Operation.RESUME, () -> store.resume(upload));
    return new MeasuredWriter(writer, meters);
  }

  @Override
  public void discard(UUID upload) {
    meters.perform(Operation.DISCARD, () -> store.discard(upload));
  }

  @Override
  public List<UUID> stagedBefore(Instant moment, int limit) {
    return meters.measure(Operation.LIST, () -> store.stagedBefore(moment, limit));
  }

  @Override
  public BlobReader open(StorageKey key) {
    return new MeasuredReader(meters.measure(Operation.OPEN, () -> store.open(key)), meters);
  }

  @Override
  public BlobReader open(StorageKey key, long size) {
    return new MeasuredReader(meters.measure(Operation.OPEN, () -> store.open(key, size)), meters);
  }

  @Override
  public OptionalLong size(StorageKey key) {
    return meters.measure(Operation.SIZE, () -> store.size(key));
  }

  @Override
  public void put(StorageKey key, long size, InputStream bytes) throws IOException {
    meters.<Boolean, IOException>measure(
        Operation.COMMIT,
        () -> {
          store.put(key, size, bytes);
          return true;
        });
  }

  @Override
  public Optional<URI> temporaryUrl(StorageKey key) {
    return store.temporaryUrl(key);
  }

  @Override
  public long worthAsking() {
    return store.worthAsking();
  }

  @Override
  public void delete(StorageKey key) {
    meters.perform(Operation.DELETE, () -> store.delete(key));
  }

  @Override
  public Optional<String> marker() {
    return meters.measure(Operation.MARKER, store::marker);
  }

  @Override
  public void writeMarker(String marker) {
    meters.perform(Operation.MARKER, () -> store.writeMarker(marker));
  }

  @Override
  public void checkWritable() {
    meters.perform(Operation.CHECK, store::checkWritable);
  }

  @Override
  public void checkSpace() {
    meters.perform(Operation.CHECK, store::checkSpace);
  }

  @Override
  public void close() {
    store.close();
  }

  private record MeasuredReader(BlobReader reader, StorageMeters meters) implements BlobReader {

    @Override
    public long size() {
      return reader.size();
    }

    @Override
    public Optional<Path> file() {
      return reader.file();
    }

    @Override
    public InputStream stream(long offset, long length) {
      try {
        return new MeasuredStream(reader.stream(offset, length), length, meters);
      } catch (StorageException e) {
        meters.failed(Operation.READ, e);
        throw e;
      }
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  private record MeasuredWriter(BlobWriter writer, StorageMeters meters) implements BlobWriter {

    @Override
    public long offset() {
      return writer.offset();
    }

    @Override
    public long append(InputStream body) throws IOException {
      return meters.<Long, IOException>measure(Operation.APPEND, () -> writer.append(body));
    }

    @Override
    public StagedUpload state() {
      return meters.measure(Operation.STATE, writer::state);
    }

    @Override
    public boolean matches(Digest digest) {
      return meters.measure(Operation.MATCH, () -> writer.matches(digest));
    }

    @Override
    public StorageKey commit(Digest digest) {
      return meters.measure(Operation.COMMIT, () -> writer.commit(digest));
    }

    @Override
    public void cancel() {
      meters.perform(Operation.DISCARD, writer::cancel);
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
