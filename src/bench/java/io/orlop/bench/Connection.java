package io.orlop.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A kept-alive HTTP/1.1 connection on a blocking socket, which does nothing with the bytes of a
 * body but count them.
 */
final class Connection implements AutoCloseable {
  private static final int BUFFER = 512 * 1024;
  private static final int MAX_HEAD = 64 * 1024;

  private final SocketChannel channel;
  private final String authorization;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);
  private final String host;

  private Connection(SocketChannel channel, String authorization, String host) {
    this.channel = channel;
    this.authorization = authorization;
    this.host = host;
  }

  /** Connects; {@code authorization} is the value of that header in every request, or empty. */
  static Connection to(int port, String authorization) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return new Connection(channel, authorization, "127.0.0.1:" + port);
  }

  /**
   * The head of an answer.
   *
   * @param headers by their names in lower case
   */
  record Head(int status, Map<String, String> headers) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    long length() {
      return header("content-length").map(Long::parseLong).orElse(0L);
    }

    boolean chunked() {
      return header("transfer-encoding").filter(how -> how.contains("chunked")).isPresent();
    }
  }

  /** What follows the head of a request. */
  interface Sending {
    void to(SocketChannel channel) throws IOException;
  }

  /** Sends a request without a body and reads the head of its answer. */
  Head send(String method, String path, String... headers) throws IOException {
    boolean hasLength = method.equals("POST") || method.equals("PUT");
    String[] all = hasLength ? with(headers, "Content-Length: 0") : headers;
    return send(method, path, _ -> {}, all);
  }

  /** Sends a request with a body, which {@code headers} describe, and reads the answer's head. */
  Head send(String method, String path, Sending body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    if (!authorization.isEmpty()) {
      head.append("\r\nAuthorization: ").append(authorization);
    }
    for (String header : headers) {
      head.append("\r\n").append(header);
    }
    head.append("\r\n\r\n");
    Payload.writeAll(
        channel, ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1)));
    body.to(channel);
    return readHead();
  }

  /** Reads the body of an answer whose length is known, and forgets it; returns its length. */
  long drain(Head head) throws IOException {
    if (head.chunked()) {
      return text(head).length();
    }
    return drain(head.length());
  }

  /** Reads and forgets some bytes of the answer's body. */
  long drain(long count) throws IOException {
    long left = count - take(count);
    while (left > 0) {
      in.clear().limit((int) Math.min(BUFFER, left));
      int read = channel.read(in);
      if (read < 0) {
        throw new EOFException("The answer broke off, " + left + " bytes before its end");
      }
      left -= read;
    }
    in.clear().limit(0);
    return count;
  }

  /** Reads some bytes of an answer's body and hashes them. */
  String digest(long count) throws IOException {
    MessageDigest digest = Payload.sha256();
    for (long left = count; left > 0; ) {
      if (!in.hasRemaining()) {
        fill();
      }
      ByteBuffer part = in.slice();
      part.limit((int) Math.min(part.limit(), left));
      left -= part.limit();
      in.position(in.position() + part.limit());
      digest.update(part);
    }
    return Payload.hex(digest.digest());
  }

  /** Reads a small body. */
  String text(Head head) throws IOException {
    if (!head.chunked()) {
      return new String(bytes(head.length()), StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line().strip(), 16);
      all.writeBytes(bytes(size));
      line();
      if (size == 0) {
        return all.toString(StandardCharsets.UTF_8);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static String[] with(String[] headers, String one) {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = one;
    return all;
  }

  private long take(long most) {
    int count = (int) Math.min(most, in.remaining());
    in.position(in.position() + count);
    return count;
  }

  private byte[] bytes(long count) throws IOException {
    byte[] bytes = new byte[(int) count];
    for (int at = 0; at < bytes.length; ) {
      if (!in.hasRemaining()) {
        fill();
      }
      int part = Math.min(in.remaining(), bytes.length - at);
      in.get(bytes, at, part);
      at += part;
    }
    return bytes;
  }

  private void fill() throws IOException {
    in.clear();
    int read = channel.read(in);
    in.flip();
    if (read < 0) {
      throw new EOFException("The server closed the connection");
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (!in.hasRemaining()) {
        fill();
      }
      char next = (char) (in.get() & 0xff);
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append(next);
      }
      if (line.length() > MAX_HEAD) {
        throw new IOException("A line of the answer is too long");
      }
    }
  }

  private Head readHead() throws IOException {
    String first = line();
    if (!first.startsWith("HTTP/1.1 ")) {
      throw new IOException("Not an answer: " + first);
    }
    int status = Integer.parseInt(first.substring(9, 12));
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return status == 100 ? readHead() : new Head(status, headers);
  }
}
