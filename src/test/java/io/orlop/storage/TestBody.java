package io.orlop.storage;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.platform.stream.BulkInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A body of any length that takes no memory, the same for the same seed. Its bytes repeat after a
 * prime number of them, so that chunks that change places do not go unnoticed.
 */
public final class TestBody extends BulkInputStream {
  private static final int PERIOD = 65_521;

  private final byte[] pattern = new byte[PERIOD];
  private final long length;
  private final long breaksAt;
  private long position;

  private TestBody(long seed, long from, long length, long breaksAt) {
    new Random(seed).nextBytes(pattern);
    this.position = from;
    this.length = length;
    this.breaksAt = breaksAt;
  }

  /** A body of {@code length} bytes. */
  public static TestBody of(long seed, long length) {
    return part(seed, 0, length);
  }

  /** The bytes of the same seed's body from one position to another. */
  public static TestBody part(long seed, long from, long to) {
    return new TestBody(seed, from, to, Long.MAX_VALUE);
  }

  /** A body that throws once {@code breaksAt} bytes of it were read. */
  public static TestBody breaking(long seed, long length, long breaksAt) {
    return new TestBody(seed, 0, length, breaksAt);
  }

  /** A body that is a text. */
  public static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digest of a text. */
  public static Digest digestOf(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The SHA-256 digest of a body of {@code length} bytes. */
  public static Digest digestOf(long seed, long length) {
    return digestOf(DigestAlgorithm.SHA256, of(seed, length));
  }

  /** The digest of the rest of a body. */
  public static Digest digestOf(DigestAlgorithm algorithm, InputStream body) {
    var digest = algorithm.newMessageDigest();
    byte[] buffer = new byte[100_000];
    try (body) {
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    } catch (IOException e) {
      throw new AssertionError("The body cannot be read", e);
    }
    return Digest.soFar(algorithm, digest);
  }

  @Override
  protected int readSome(byte[] target, int from, int count) throws IOException {
    if (position == breaksAt) {
      throw new IOException("The client went away");
    }
    if (position == length) {
      return -1;
    }
    int start = (int) (position % PERIOD);
    long rest = Math.min(length, breaksAt) - position;
    int given = (int) Math.min(rest, Math.min(count, PERIOD - start));
    System.arraycopy(pattern, start, target, from, given);
    position += given;
    return given;
  }
}
