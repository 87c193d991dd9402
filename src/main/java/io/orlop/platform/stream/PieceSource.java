package io.orlop.platform.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that arrive in pieces. Waiting for them and taking them are two things, so that whoever
 * takes them need not be a thread that may wait. One reader at a time.
 */
public interface PieceSource {

  /**
   * Waits until there is a piece.
   *
   * @return false at the end of the bytes
   * @throws IOException if they break off; every piece before was taken by then
   */
  boolean awaitPiece() throws IOException;

  /**
   * Takes the next piece, never waiting for one.
   *
   * @return it, with at least one byte, good until the next call; null if none is there at the
   *     moment
   */
  @Nullable ByteBuffer takePiece();
}
