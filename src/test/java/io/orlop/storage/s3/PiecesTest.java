package io.orlop.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.s3.Pieces.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
  private static final Pieces TWO =
      new Pieces(List.of(new Piece("a", 3), new Piece("b", 4L << 40)), List.of("c"));

  @Test
  void readsWhatItWrote() {
    assertThat(TWO.text()).isEqualTo("a=3 b=4398046511104 -c");
    assertThat(Pieces.parse(TWO.text())).isEqualTo(TWO);
    assertThat(Pieces.parse("")).isEqualTo(Pieces.NONE);
  }

  @Test
  void keepsTheNamesOfWhatItReplaces() {
    assertThat(TWO.withoutLast().text()).isEqualTo("a=3 -c -b");
    assertThat(TWO.joined(new Piece("d", 7)).text()).isEqualTo("d=7 -a -b -c");
    assertThat(TWO.with(new Piece("d", 7)).names()).containsExactly("a", "b", "d", "c");
    assertThat(TWO.forget(List.of("c")).names()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=", "a=x", "=="})
  void doesNotGuessWhatIsNoListOfPieces(String text) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> Pieces.parse(text))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }
}
