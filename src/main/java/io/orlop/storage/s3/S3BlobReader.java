package io.orlop.storage.s3;

import io.orlop.storage.BlobReader;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** A blob that is an object. Holds nothing until somebody streams it. */
final class S3BlobReader implements BlobReader {
  private final Bucket bucket;
  private final String key;
  private final long size;
  private final List<ObjectStream> streams = new ArrayList<>();

  S3BlobReader(Bucket bucket, String key, long size) {
    this.bucket = bucket;
    this.key = key;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Optional<Path> file() {
    return Optional.empty();
  }

  @Override
  public InputStream stream(long offset, long length) {
    Objects.checkFromIndexSize(offset, length, size);
    ObjectStream stream = new ObjectStream(bucket, key, offset, length, OptionalLong.of(size));
    streams.add(stream);
    return stream;
  }

  @Override
  public void close() {
    streams.forEach(ObjectStream::close);
    streams.clear();
  }
}
