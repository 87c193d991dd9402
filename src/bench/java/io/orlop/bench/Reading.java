package io.orlop.bench;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** Reads one answer and hashes it: the load client itself only counts bytes. */
final class Reading {
  private Reading() {}

  /** A blob that every server holds. */
  static Row.Check blob(Payload.Body blob) {
    String path = Seeds.blobPath(Seeds.REPOSITORY, blob.digest());
    return server -> requireSame(server, path, blob.digest());
  }

  /** The manifest of the image that every server holds, by its tag. */
  static Row.Check manifest() {
    String path = Seeds.manifestPath(Seeds.REPOSITORY, "latest");
    String digest = Payload.hex(Payload.sha256().digest(Seeds.manifest("seed")));
    return server -> requireSame(server, path, digest);
  }

  /** The beginning of a range of a blob that goes from a random place to the end. */
  static Row.Check range(Payload.Body blob, int count) {
    String path = Seeds.blobPath(Seeds.REPOSITORY, blob.digest());
    return server -> {
      long from = ThreadLocalRandom.current().nextLong(blob.size() - count);
      try (Connection connection = open(server)) {
        Connection.Head head = connection.send("GET", path, "Range: bytes=" + from + "-");
        require(server, path + " from " + from, head.status() == 206);
        require(server, path + " from " + from, head.length() == blob.size() - from);
        String digest = connection.digest(count);
        require(server, path + " from " + from, digest.equals(blob.digestOf(from, count)));
      }
    };
  }

  private static void requireSame(Server server, String path, String digest) throws IOException {
    try (Connection connection = open(server)) {
      Connection.Head head = connection.send("GET", path, Seeds.ACCEPT);
      require(server, path, head.status() == 200);
      require(server, path, connection.digest(head.length()).equals(digest));
    }
  }

  private static Connection open(Server server) throws IOException {
    return Connection.to(server.port(), server.authorization(Seeds.REPOSITORY, "pull"));
  }

  private static void require(Server server, String what, boolean holds) throws IOException {
    if (!holds) {
      throw new IOException(server.name() + " served something else for " + what);
    }
  }
}
