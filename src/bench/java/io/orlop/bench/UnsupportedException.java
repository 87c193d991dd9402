package io.orlop.bench;

import java.io.IOException;

/** A server cannot do what a row asks of it. */
final class UnsupportedException extends IOException {
  private static final long serialVersionUID = 1;

  UnsupportedException() {
    super("not supported");
  }
}
