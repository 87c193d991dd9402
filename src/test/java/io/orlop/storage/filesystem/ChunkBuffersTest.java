package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkBuffersTest {

  @Test
  void lendsTheSameBuffersAgain() {
    ChunkBuffers buffers = new ChunkBuffers(ChunkBuffers.LARGE * 2L);
    ChunkBuffers.Pair first = buffers.take();
    first.close();

    assertThat(buffers.take()).isSameAs(first);
  }

  @Test
  void neverMakesSomebodyWaitAndLendsSmallBuffersInstead() {
    ChunkBuffers buffers = new ChunkBuffers(ChunkBuffers.LARGE * 4L);
    List<ChunkBuffers.Pair> lent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      lent.add(buffers.take());
    }

    assertThat(lent)
        .extracting(pair -> pair.first().capacity())
        .containsExactly(
            ChunkBuffers.LARGE, ChunkBuffers.LARGE, ChunkBuffers.SMALL, ChunkBuffers.SMALL);

    lent.forEach(ChunkBuffers.Pair::close);

    assertThat(List.of(buffers.take(), buffers.take()))
        .extracting(pair -> pair.second().capacity())
        .containsOnly(ChunkBuffers.LARGE);
    assertThat(buffers.take().first().capacity()).isEqualTo(ChunkBuffers.SMALL);
  }
}
