package io.orlop.storage.s3;

import io.orlop.platform.stream.BulkInputStream;
import io.orlop.storage.StorageException;
import io.orlop.storage.WrongSizeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Streams a part of an object. A connection that breaks off is made again where it stood; only when
 * it breaks off again and again without a byte between does the stream fail.
 */
final class ObjectStream extends BulkInputStream {
  private static final int FRUITLESS = 3;
  private static final int PIECE = 128 * 1024;

  private final Bucket bucket;
  private final String key;
  private final long end;
  private final OptionalLong size;
  private long position;
  private int fruitless;
  private @Nullable ResponseInputStream<GetObjectResponse> source;

  /** Streams a part of an object of any size. */
  ObjectStream(Bucket bucket, String key, long offset, long length) {
    this(bucket, key, offset, length, OptionalLong.empty());
  }

  /**
   * Streams a part of an object.
   *
   * @param size of the whole object, which it has to have when that is known
   */
  ObjectStream(Bucket bucket, String key, long offset, long length, OptionalLong size) {
    this.size = size;
    this.bucket = bucket;
    this.key = key;
    this.position = offset;
    this.end = offset + length;
  }

  @Override
  protected int readSome(byte[] target, int from, int count) {
    while (position < end) {
      int read = tryRead(target, from, (int) Math.min(count, end - position));
      if (read > 0) {
        position += read;
        fruitless = 0;
        return read;
      }
    }
    close();
    return -1;
  }

  private int tryRead(byte[] target, int from, int count) {
    try {
      int read = open().read(target, from, count);
      if (read <= 0) {
        throw new IOException("It ends at byte " + position + " instead of " + end);
      }
      return read;
    } catch (IOException e) {
      close();
      if (++fruitless >= FRUITLESS) {
        throw bucket.broken(key, e);
      }
      return 0;
    }
  }

  private InputStream open() {
    ResponseInputStream<GetObjectResponse> open = source;
    if (open == null) {
      open = get();
      source = open;
    }
    return open;
  }

  private ResponseInputStream<GetObjectResponse> get() {
    try {
      ResponseInputStream<GetObjectResponse> answer = bucket.get(key, position, end - position);
      if (size.isPresent() && !hasSize(answer.response(), size.getAsLong())) {
        answer.abort();
        throw new WrongSizeException(key, size.getAsLong(), null);
      }
      return answer;
    } catch (StorageException e) {
      if (size.isPresent() && isBeyondTheEnd(e)) {
        throw new WrongSizeException(key, size.getAsLong(), e);
      }
      throw e;
    }
  }

  /** A store that leaves out the total has at least the part. */
  private static boolean hasSize(GetObjectResponse answer, long size) {
    String range = answer.contentRange();
    return range == null || range.endsWith("/*") || range.endsWith("/" + size);
  }

  private static boolean isBeyondTheEnd(StorageException failure) {
    return failure.getCause() instanceof S3Exception answer && answer.statusCode() == 416;
  }

  @Override
  protected long left() {
    return end - position;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.clamp(count, 0, left());
    if (skipped > 0) {
      close(); // What is left out need not be fetched.
      position += skipped;
    }
    return skipped;
  }

  /** Ends the connection, unless all was read: then it can serve again. */
  @Override
  public void close() {
    ResponseInputStream<GetObjectResponse> open = source;
    source = null;
    if (open == null) {
      return;
    }
    if (position < end) {
      open.abort();
      return;
    }
    try {
      open.close();
    } catch (IOException e) {
      throw bucket.broken(key, e);
    }
  }

  /** Reads everything, for a caller who looks at the bytes alone. */
  static void readAll(ObjectStream stream, Sink sink) {
    byte[] piece = new byte[PIECE];
    try (stream) {
      for (int count = stream.readSome(piece, 0, PIECE);
          count >= 0;
          count = stream.readSome(piece, 0, PIECE)) {
        sink.take(piece, 0, count);
      }
    }
  }

  /** Takes bytes. */
  interface Sink {
    void take(byte[] bytes, int from, int count);
  }
}
