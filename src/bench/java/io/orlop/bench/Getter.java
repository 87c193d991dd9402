package io.orlop.bench;

import java.io.IOException;
import java.util.function.Supplier;

/** Asks for one thing, or one of a kind, again and again over one connection. */
final class Getter implements Load.Client {
  private final Connection connection;
  private final Supplier<String> path;
  private final String method;

  Getter(int port, String authorization, String path) throws IOException {
    this(port, authorization, path, "GET");
  }

  /** One that asks by GET or by HEAD, which has no body. */
  Getter(int port, String authorization, String path, String method) throws IOException {
    this(port, authorization, () -> path, method);
  }

  /** One that asks for something else each time. */
  Getter(int port, String authorization, Supplier<String> path) throws IOException {
    this(port, authorization, path, "GET");
  }

  private Getter(int port, String authorization, Supplier<String> path, String method)
      throws IOException {
    this.connection = Connection.to(port, authorization);
    this.path = path;
    this.method = method;
  }

  @Override
  public long once() throws IOException {
    String asked = path.get();
    Connection.Head head = connection.send(method, asked, Seeds.ACCEPT);
    if (head.status() != 200) {
      throw new IOException("Status " + head.status() + " for " + asked);
    }
    return method.equals("HEAD") ? 0 : connection.drain(head);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
