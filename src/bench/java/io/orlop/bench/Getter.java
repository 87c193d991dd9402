package io.orlop.bench;

import java.io.IOException;

/** Gets one thing again and again over one connection. */
final class Getter implements Load.Client {
  private final Connection connection;
  private final String path;

  Getter(int port, String authorization, String path) throws IOException {
    this.connection = Connection.to(port, authorization);
    this.path = path;
  }

  @Override
  public long once() throws IOException {
    Connection.Head head = connection.send("GET", path);
    if (head.status() != 200) {
      throw new IOException("Status " + head.status() + " for " + path);
    }
    return connection.drain(head);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
