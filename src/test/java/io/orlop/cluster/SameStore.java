package io.orlop.cluster;

import io.orlop.testsupport.OrlopServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets two processes on one machine believe that they have one store, where bytes do not matter.
 */
final class SameStore {
  private static final String MARKER = ".orlop-store";

  private SameStore() {}

  /** Makes a data folder whose store is marked like that of another process. */
  static Path as(OrlopServer first) throws IOException {
    Path data = OrlopServer.newData();
    Path blobs = Files.createDirectories(data.resolve("blobs"));
    Files.copy(first.data().resolve("blobs").resolve(MARKER), blobs.resolve(MARKER));
    return data;
  }
}
