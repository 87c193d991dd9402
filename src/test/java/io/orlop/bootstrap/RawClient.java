package io.orlop.bootstrap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.orlop.testsupport.OrlopServer;
import java.io.IOException;
import java.net.Socket;
import java.util.Base64;

/** Speaks HTTP byte by byte, so that a test can stop in the middle of a request. */
final class RawClient implements AutoCloseable {
  private final OrlopServer server;
  private final String contentType;
  private Socket socket;

  RawClient(OrlopServer server) throws IOException {
    this(server, "application/octet-stream");
  }

  RawClient(OrlopServer server, String contentType) throws IOException {
    this.server = server;
    this.contentType = contentType;
    this.socket = connect();
  }

  /** Returns the path of a new upload. */
  String startUpload(String repository) throws IOException {
    begin("POST", "/v2/" + repository + "/blobs/uploads/", 0);
    String location =
        answer()
            .lines()
            .filter(line -> line.regionMatches(true, 0, "location: ", 0, 10))
            .findFirst()
            .orElseThrow();
    socket = connect();
    return location.substring(10);
  }

  /** Sends a request as far as its body. */
  void begin(String method, String path, int length) throws IOException {
    String credentials = "admin:" + server.adminPassword();
    send(
        """
        %s %s HTTP/1.1\r
        Host: localhost:%d\r
        Authorization: Basic %s\r
        Connection: close\r
        Content-Type: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(
                method,
                path,
                server.port(),
                Base64.getEncoder().encodeToString(credentials.getBytes(ISO_8859_1)),
                contentType,
                length));
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** Returns status line, headers and body. */
  String answer() throws IOException {
    try (Socket closing = socket) {
      return new String(closing.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Socket connect() throws IOException {
    Socket connected = new Socket("localhost", server.port());
    connected.setSoTimeout(60_000);
    return connected;
  }
}
