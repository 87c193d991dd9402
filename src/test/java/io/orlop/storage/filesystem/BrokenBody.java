package io.orlop.storage.filesystem;

import java.io.IOException;
import java.io.InputStream;

/** The end of a body whose client went away. */
final class BrokenBody extends InputStream {
  static final class BrokenOff extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public int read() throws IOException {
    throw new BrokenOff();
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    throw new BrokenOff();
  }
}
