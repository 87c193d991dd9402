package io.orlop.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.storage.s3.CopyPlan.Part;
import io.orlop.storage.s3.Pieces.Piece;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyPlanTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private static CopyPlan plan(Piece... pieces) {
    return CopyPlan.of(List.of(pieces), PartSizes.DEFAULT);
  }

  @Test
  void copiesASmallPieceAsAWhole() {
    assertThat(plan(new Piece("a", 1)).parts()).containsExactly(new Part("a", 0, 1));
    assertThat(plan(new Piece("a", 256 * MIB)).parts()).hasSize(1);
  }

  @Test
  void cutsALargePieceEvenly() {
    assertThat(plan(new Piece("a", 256 * MIB + 1)).parts())
        .containsExactly(new Part("a", 0, 128 * MIB + 1), new Part("a", 128 * MIB + 1, 128 * MIB));
  }

  @Test
  void copiesEveryByteOnceInOrder() {
    Piece[] pieces = {new Piece("a", 5 * MIB), new Piece("b", 3 * GIB + 77), new Piece("c", 1)};
    String piece = "";
    long offset = 0;
    long total = 0;
    for (Part part : plan(pieces).parts()) {
      offset = part.piece().equals(piece) ? offset : 0;
      piece = part.piece();
      assertThat(part.offset()).isEqualTo(offset);
      offset += part.length();
      total += part.length();
    }
    assertThat(total).isEqualTo(3 * GIB + 5 * MIB + 78);
  }

  @Test
  void staysWithinWhatS3AllowsForTheLargestBlob() {
    List<Piece> pieces = Collections.nCopies(1_000, new Piece("a", 5L * 1024 * GIB / 1_000));

    List<Part> parts = CopyPlan.of(pieces, PartSizes.DEFAULT).parts();

    assertThat(parts).hasSizeLessThanOrEqualTo(10_000);
    assertThat(parts).allMatch(part -> part.length() >= 5 * MIB && part.length() <= 5 * GIB);
  }
}
