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

  /** Who takes pieces without a thread of its own that waits for them. */
  interface Taker {
    /**
     * Learns, in a thread that must not wait, that it is its turn.
     *
     * @param piece whether there is a piece. If not, {@link #awaitPiece} tells why.
     */
    void turn(boolean piece);
  }

  /**
   * Tells a taker as soon as {@link #awaitPiece} would not wait: once, at once or later, perhaps
   * under a lock of the source. A source that cannot tell that says at once whether there is a
   * piece, as far as it has waited for one.
   */
  void tell(Taker taker);

  /**
   * Tells the taker that there is no piece if it has waited for one as long as {@link #awaitPiece}
   * would have, which then throws at once.
   */
  default void giveUpSilence() {}
}
