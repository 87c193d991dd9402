package io.orlop.storage.s3;

import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Keeps blobs in a bucket. */
final class S3BlobStore implements BlobStore {
  private static final Logger LOG = Logger.getLogger(S3BlobStore.class);

  /** A look whether the store is well must not outlast the patience of whoever asks. */
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(5);

  private final S3Parts parts;
  private final Bucket bucket;
  private final BucketLayout layout;
  private final Optional<TemporaryUrls> urls;

  /**
   * Opens a store.
   *
   * @param urls where pulls are redirected to, if they are
   */
  S3BlobStore(S3Parts parts, Optional<TemporaryUrls> urls) {
    this.parts = parts;
    this.bucket = parts.bucket();
    this.layout = parts.layout();
    this.urls = urls;
  }

  @Override
  public BlobWriter create(UUID upload, Set<DigestAlgorithm> algorithms) {
    return S3BlobWriter.begin(parts, upload, algorithms);
  }

  @Override
  public BlobWriter resume(StagedUpload upload) {
    return S3BlobWriter.goOn(parts, upload);
  }

  @Override
  public void discard(UUID upload) {
    parts.parked().forget(upload);
    String prefix = layout.upload(upload);
    bucket.unfinished(prefix).forEach(this::abort);
    bucket.list(
        prefix,
        objects -> {
          List<String> keys = objects.map(S3Object::key).toList();
          if (!keys.isEmpty()) {
            bucket.delete(keys);
          }
        });
  }

  @Override
  public List<UUID> stagedBefore(Instant moment, int limit) {
    StagedListing found = new StagedListing(layout, moment, limit);
    bucket.list(
        layout.uploads(),
        objects -> objects.takeWhile(_ -> found.wantsMore()).forEach(found::take));
    return found.uploads();
  }

  /**
   * Aborts what crashes have left unfinished; returns how much that was. Looks in the store's own
   * folders alone: without a prefix, everything else in the bucket belongs to others.
   */
  int abortUnfinishedBefore(Instant moment) {
    List<MultipartUpload> stale =
        Stream.of(layout.blobs(), layout.uploads())
            .flatMap(folder -> bucket.unfinished(folder).stream())
            .filter(upload -> upload.initiated().isBefore(moment))
            .toList();
    stale.forEach(this::abort);
    return stale.size();
  }

  private void abort(MultipartUpload upload) {
    LOG.debugf("Aborting the upload of %s of %s", upload.key(), upload.initiated());
    bucket.abort(upload.key(), upload.uploadId());
  }

  @Override
  public BlobReader open(StorageKey key) {
    String name = layout.blob(key);
    long size =
        bucket
            .size(name)
            .orElseThrow(() ->
                bucket
                    .failures()
                    .failed(
                        StorageException.Kind.NOT_FOUND,
                        "open " + name,
                        "there is no such object",
                        null));
    return new S3BlobReader(bucket, name, size);
  }

  @Override
  public BlobReader open(StorageKey key, long size) {
    return new S3BlobReader(bucket, layout.blob(key), size);
  }

  @Override
  public OptionalLong size(StorageKey key) {
    return bucket.size(layout.blob(key));
  }

  @Override
  public void put(StorageKey key, long size, InputStream bytes) throws IOException {
    try (S3BlobWriter writer =
        S3BlobWriter.begin(parts, UUID.randomUUID(), Set.of(key.digest().algorithm()))) {
      try {
        writer.append(bytes);
        if (writer.offset() != size || !writer.matches(key.digest())) {
          throw new IOException(
              "The %d bytes are not the %d of %s".formatted(writer.offset(), size, key));
        }
        writer.commitTo(key);
      } catch (IOException | RuntimeException e) {
        writer.cancel();
        throw e;
      }
    }
  }

  @Override
  public Optional<URI> temporaryUrl(StorageKey key) {
    return urls.map(signer -> sign(signer, layout.blob(key)));
  }

  /** Signing asks nobody but those who give the credentials, and these can be out of reach. */
  private URI sign(TemporaryUrls signer, String name) {
    try {
      return signer.of(name);
    } catch (SdkException e) {
      throw bucket.failures().unsigned(name, e);
    }
  }

  @Override
  public void delete(StorageKey key) {
    bucket.delete(List.of(layout.blob(key)));
  }

  @Override
  public Optional<String> marker() {
    return bucket.size(layout.marker()).isEmpty()
        ? Optional.empty()
        : Optional.of(new String(bucket.read(layout.marker()), StandardCharsets.UTF_8));
  }

  @Override
  public void writeMarker(String marker) {
    byte[] bytes = marker.getBytes(StandardCharsets.UTF_8);
    bucket.put(layout.marker(), bytes, bytes.length, Bucket.Stay.SHORT);
  }

  @Override
  public void checkWritable() {
    bucket.probe(layout.probe(), PROBE_PATIENCE);
  }

  /** A bucket has room until a write fails. */
  @Override
  public void checkSpace() {
    // Nothing to measure.
  }

  @Override
  public void close() {
    parts.requests().close();
    urls.ifPresent(TemporaryUrls::close);
    bucket.close();
  }
}
