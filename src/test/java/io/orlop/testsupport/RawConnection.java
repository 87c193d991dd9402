package io.orlop.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A connection on which a test may write whatever bytes it likes. */
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream input;

  /** Connects. */
  public RawConnection(int port) throws IOException {
    this(new Socket("localhost", port));
  }

  /** Takes a connection that is made already, such as one over TLS. */
  public RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    input = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * An answer.
   *
   * @param headers by their names in lower case
   */
  public record RawAnswer(int status, Map<String, String> headers, String body) {}

  /** Writes text, each character as one byte. */
  public RawConnection write(String text) throws IOException {
    return write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Writes bytes. */
  public RawConnection write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sets how long to wait for a byte before reading fails. */
  public RawConnection patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
    return this;
  }

  /** Reads one answer, interim ones included; {@code method} decides whether it has a body. */
  public RawAnswer read(String method) throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
    Map<String, String> headers = headers();
    boolean bodiless = method.equals("HEAD") || status < 200 || status == 204 || status == 304;
    int length = bodiless ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new RawAnswer(
        status, headers, new String(input.readNBytes(length), StandardCharsets.UTF_8));
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  /**
   * Reads an answer that begins well, promises a length, and whose connection is cut before the
   * last byte of it. Unlike clients that read ahead, this counts all bytes that were sent.
   */
  public void expectCut(long length) throws IOException {
    assertThat(line()).startsWith("HTTP/1.1 200 ");
    assertThat(headers()).containsEntry("content-length", Long.toString(length));
    assertThat(count(length)).isPositive().isLessThan(length);
  }

  /** Counts bytes up to the end of the connection, in whatever way it is ended. */
  private long count(long most) throws IOException {
    long count = 0;
    try {
      while (count < most && input.read() >= 0) {
        count++;
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException _) {
      return count;
    }
    return count;
  }

  /** Reads one byte; -1 if the registry has closed the connection. */
  public int readByte() throws IOException {
    return input.read();
  }

  /** Reads until the registry closes the connection, or sends nothing for a while. */
  public void drain() throws IOException {
    try {
      while (input.read() >= 0) {
        // Whatever it is.
      }
    } catch (SocketTimeoutException e) {
      return;
    }
  }

  /** Breaks the connection off as a machine does that loses its power. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Says that nothing more will be sent. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = input.read(); c != '\n'; c = input.read()) {
      if (c < 0) {
        throw new IOException(
            "The connection was closed" + (line.isEmpty() ? "" : " within a line"));
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
