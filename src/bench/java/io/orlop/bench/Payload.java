package io.orlop.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bodies of one size: random bytes that all have in common, and a tail that no two share. So their
 * digests cost nothing while the clock runs, and no two are the same blob.
 */
final class Payload {
  private static final int BASE = 1024 * 1024;
  private static final int TAIL = 32;

  /** What Go's clients write at a time when they stream a body. */
  private static final int CHUNK = 32 * 1024;

  private static final byte[] CONTENT = random();
  private static final byte[] END = "\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

  private final long size;
  private final MessageDigest prefix;

  Payload(long size) {
    if (size < TAIL) {
      throw new IllegalArgumentException("At least " + TAIL + " bytes");
    }
    this.size = size;
    this.prefix = sha256();
    for (long left = size - TAIL; left > 0; left -= BASE) {
      prefix.update(CONTENT, 0, (int) Math.min(left, BASE));
    }
  }

  long size() {
    return size;
  }

  /** A body that nobody has seen. */
  Body unique() {
    return body(SERIAL.incrementAndGet());
  }

  /** The body with a number, always the same. */
  Body body(long number) {
    byte[] tail = String.format("%032x", number).getBytes(StandardCharsets.US_ASCII);
    MessageDigest digest;
    try {
      digest = (MessageDigest) prefix.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
    return new Body(size, tail, hex(digest.digest(tail)));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hex(byte[] digest) {
    return "sha256:" + HexFormat.of().formatHex(digest);
  }

  /** One blob's bytes. */
  static final class Body {
    private final long size;
    private final byte[] tail;
    private final String digest;

    private Body(long size, byte[] tail, String digest) {
      this.size = size;
      this.tail = tail;
      this.digest = digest;
    }

    String digest() {
      return digest;
    }

    long size() {
      return size;
    }

    /** The digest of some of the bytes. */
    String digestOf(long from, int count) {
      MessageDigest part = sha256();
      for (long at = from; at < from + count; at++) {
        part.update(at < size - TAIL ? CONTENT[(int) (at % BASE)] : tail[(int) (at - size + TAIL)]);
      }
      return hex(part.digest());
    }

    /** Writes the bytes as they are. */
    void writeTo(WritableByteChannel out) throws IOException {
      ByteBuffer base = Buffers.plain().duplicate();
      for (long left = size - TAIL; left > 0; left -= BASE) {
        base.clear().limit((int) Math.min(left, BASE));
        writeAll(out, base);
      }
      writeAll(out, ByteBuffer.wrap(tail));
    }

    /** Writes the bytes in chunks, as a client does that does not know their number. */
    void writeChunkedTo(WritableByteChannel out) throws IOException {
      long left = size - TAIL;
      for (; left >= BASE; left -= BASE) {
        writeAll(out, Buffers.framed().duplicate().clear());
      }
      for (int at = 0; at < left; at += CHUNK) {
        int count = (int) Math.min(CHUNK, left - at);
        ByteBuffer frame = ByteBuffer.allocate(count + 16);
        frame(frame, CONTENT, at, count);
        writeAll(out, frame.flip());
      }
      ByteBuffer last = ByteBuffer.allocate(TAIL + 32);
      frame(last, tail, 0, TAIL);
      last.put("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      writeAll(out, last.flip());
    }
  }

  static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static void frame(ByteBuffer to, byte[] bytes, int from, int count) {
    to.put(Integer.toHexString(count).getBytes(StandardCharsets.US_ASCII)).put(END);
    to.put(bytes, from, count).put(END);
  }

  private static byte[] random() {
    byte[] bytes = new byte[BASE];
    new Random(20261122).nextBytes(bytes);
    return bytes;
  }

  /** The common bytes where the kernel can read them without a copy of ours. */
  private static final class Buffers {
    private static final ByteBuffer PLAIN = ByteBuffer.allocateDirect(BASE).put(CONTENT);
    private static final ByteBuffer FRAMED = framedContent();

    private static ByteBuffer plain() {
      return PLAIN;
    }

    private static ByteBuffer framed() {
      return FRAMED;
    }

    private static ByteBuffer framedContent() {
      int frames = BASE / CHUNK;
      int overhead = Integer.toHexString(CHUNK).length() + 2 * END.length;
      ByteBuffer buffer = ByteBuffer.allocateDirect(BASE + frames * overhead);
      for (int i = 0; i < frames; i++) {
        frame(buffer, CONTENT, i * CHUNK, CHUNK);
      }
      return buffer;
    }
  }
}
