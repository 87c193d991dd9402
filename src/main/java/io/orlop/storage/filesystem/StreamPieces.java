package io.orlop.storage.filesystem;

import io.orlop.platform.stream.PieceSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Pieces of a stream that has none of its own. */
final class StreamPieces implements PieceSource {
  static final int SIZE = 64 * 1024;

  private final InputStream stream;
  private final ByteBuffer buffer = ByteBuffer.allocate(SIZE);
  private boolean there;

  private StreamPieces(InputStream stream) {
    this.stream = stream;
  }

  /** Returns the stream itself if it comes in pieces. */
  static PieceSource of(InputStream stream) {
    return stream instanceof PieceSource pieces ? pieces : new StreamPieces(stream);
  }

  @Override
  public boolean awaitPiece() throws IOException {
    while (!there) {
      int count = stream.read(buffer.array(), 0, SIZE);
      if (count < 0) {
        return false;
      }
      buffer.clear().limit(count);
      there = count > 0;
    }
    return true;
  }

  @Override
  public void tell(Taker taker) {
    taker.turn(there);
  }

  @Override
  public @Nullable ByteBuffer takePiece() {
    boolean had = there;
    there = false;
    return had ? buffer : null;
  }
}
