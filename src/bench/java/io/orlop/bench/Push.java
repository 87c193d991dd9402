package io.orlop.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;

/** A client that pushes to one repository over one connection. */
final class Push implements AutoCloseable {
  private static final String BYTES = "Content-Type: application/octet-stream";

  private final Connection connection;
  private final String repository;

  private Push(Connection connection, String repository) {
    this.connection = connection;
    this.repository = repository;
  }

  /** How a blob is sent. */
  enum Style {
    /** One POST with all. */
    SINGLE_POST("one POST"),
    /** A POST that begins and a PUT with all. */
    POST_PUT("POST+PUT"),
    /** A POST, one PATCH of unknown length and an empty PUT: what dockerd does. */
    STREAMED_PATCH("POST+PATCH+PUT");

    private final String words;

    Style(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  static Push to(Server server, String repository) throws IOException {
    return new Push(
        Connection.to(server.port(), server.authorization(repository, "pull,push")), repository);
  }

  /** As {@link #to}, with credentials that were fetched before. */
  static Push to(Server server, String repository, String authorization) throws IOException {
    return new Push(Connection.to(server.port(), authorization), repository);
  }

  /** Whether one POST may carry a blob; a server that cannot begins an upload instead. */
  static boolean takesSinglePost(Server server, String repository, String authorization)
      throws IOException {
    try (Push push = to(server, repository, authorization)) {
      Payload.Body body = new Payload(Seeds.KIB).unique();
      Connection.Head head =
          push.connection.send(
              "POST",
              "/v2/" + repository + "/blobs/uploads/?digest=" + body.digest(),
              body::writeTo,
              BYTES,
              "Content-Length: " + body.size());
      return head.status() == 201;
    }
  }

  void push(Style style, Payload.Body body) throws IOException {
    String uploads = "/v2/" + repository + "/blobs/uploads/";
    switch (style) {
      case SINGLE_POST -> put("POST", uploads + "?digest=" + body.digest(), body);
      case POST_PUT -> {
        String location = location(connection.send("POST", uploads), 202);
        put("PUT", withDigest(location, body), body);
      }
      case STREAMED_PATCH -> {
        String location = location(connection.send("POST", uploads), 202);
        Connection.Head head =
            connection.send(
                "PATCH", location, body::writeChunkedTo, BYTES, "Transfer-Encoding: chunked");
        String last = withDigest(location(head, 202), body);
        location(connection.send("PUT", last, BYTES), 201);
      }
    }
  }

  /** Pushes a manifest under a tag. */
  void manifest(String tag, byte[] manifest) throws IOException {
    location(
        connection.send(
            "PUT",
            Seeds.manifestPath(repository, tag),
            channel -> Payload.writeAll(channel, ByteBuffer.wrap(manifest)),
            "Content-Type: " + Seeds.MANIFEST_TYPE,
            "Content-Length: " + manifest.length),
        201);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private void put(String method, String path, Payload.Body body) throws IOException {
    location(
        connection.send(method, path, body::writeTo, BYTES, "Content-Length: " + body.size()), 201);
  }

  private String location(Connection.Head head, int expected) throws IOException {
    String text = connection.text(head);
    if (head.status() != expected) {
      throw new IOException("Status " + head.status() + " instead of " + expected + ": " + text);
    }
    URI location = URI.create(head.header("location").orElseThrow());
    String query = location.getRawQuery();
    return location.getRawPath() + (query == null ? "" : "?" + query);
  }

  private static String withDigest(String location, Payload.Body body) {
    return location + (location.contains("?") ? "&" : "?") + "digest=" + body.digest();
  }
}
