package io.orlop.storage.filesystem;

import io.orlop.platform.stream.PieceSource;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body of which everything has arrived, in pieces of one size. */
final class PiecedBody extends ByteArrayInputStream implements PieceSource {
  private final int size;
  private final ByteBuffer lent;

  PiecedBody(byte[] bytes, int size) {
    super(bytes);
    this.size = size;
    this.lent = ByteBuffer.allocate(size);
  }

  @Override
  public boolean awaitPiece() {
    return available() > 0;
  }

  @Override
  public void tell(Taker taker) {
    taker.turn(awaitPiece());
  }

  /** Always in the same buffer: the piece before is good no longer. */
  @Override
  public @Nullable ByteBuffer takePiece() {
    int count = readNBytes(lent.array(), 0, size);
    return count == 0 ? null : lent.clear().limit(count);
  }
}
