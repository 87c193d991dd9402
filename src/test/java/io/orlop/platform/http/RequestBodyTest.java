package io.orlop.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.orlop.platform.stream.ByteBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection's thread is this one: what it is to do is done when it is told to. */
class RequestBodyTest {
  private static final byte[] FIRST = {1};
  private static final int LARGE = 600 * 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final ByteBudget budget = new ByteBudget(32L << 20);
  private final PlayedRequest request = new PlayedRequest().early(FIRST);
  private final List<Object> atVertx = new ArrayList<>();
  private final List<ByteBuf> buffers = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Random random = new Random(7);
  private final AtomicLong clock = new AtomicLong();
  private final List<Boolean> turns = new ArrayList<>();

  /** Where Vert.x has its handler. */
  private final class Recorder extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      atVertx.add(message);
    }
  }

  @AfterEach
  void expectEveryBufferGivenBack() {
    assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    assertThat(budget.held()).isZero();
    boolean _ = channel.finishAndReleaseAll();
  }

  private RequestBody body() {
    return body(PATIENCE);
  }

  private RequestBody body(Duration patience) {
    channel.pipeline().addLast("handler", new Recorder());
    return new RequestBody(
        request.context(),
        OptionalLong.empty(),
        budget,
        patience,
        Optional.of(channel),
        clock::get);
  }

  /** Returns a body whose first byte came by Vert.x and was taken, and whose tap is open. */
  private RequestBody tapped() throws IOException {
    RequestBody body = body();
    assertThat(body.awaitPiece()).isTrue();
    channel.runPendingTasks();
    assertThat(take(body)).isEqualTo(FIRST);
    return body;
  }

  private static byte[] take(RequestBody body) {
    ByteBuffer piece = Objects.requireNonNull(body.takePiece());
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    return bytes;
  }

  private byte[] random(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private ByteBuf pooled(byte[] bytes) {
    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    buffers.add(buffer);
    return buffer;
  }

  private void arrive(byte[] bytes) {
    arrive(new DefaultHttpContent(pooled(bytes)));
  }

  private void arrive(HttpContent content) {
    channel.pipeline().fireChannelRead(content);
  }

  private boolean reads() {
    return channel.config().isAutoRead();
  }

  @Test
  void bytesKeepTheirOrderWhicheverWayTheyCome() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.write(FIRST);
    try (RequestBody body = body()) {
      assertThat(body.awaitPiece()).isTrue();
      channel.runPendingTasks();
      for (int size : new int[] {10_000, 1, 2, 5000, 4095, 4096, 3, 70_000, 16_383, 1}) {
        byte[] bytes = random(size);
        sent.write(bytes);
        arrive(bytes);
      }
      byte[] last = random(77);
      sent.write(last);
      arrive(new DefaultLastHttpContent(pooled(last)));
      assertThat(atVertx).containsExactly(LastHttpContent.EMPTY_LAST_CONTENT);
      request.end();
      assertThat(body.readAllBytes()).isEqualTo(sent.toByteArray());
    }
  }

  @Test
  void pieceIsGoodUntilTheNextIsTaken() throws IOException {
    try (RequestBody body = tapped()) {
      byte[] bytes = random(5000);
      arrive(bytes);
      assertThat(take(body)).isEqualTo(bytes);
      assertThat(buffers.getFirst().refCnt()).isOne();
      assertThat(body.takePiece()).isNull();
      assertThat(buffers.getFirst().refCnt()).isZero();
    }
  }

  @Test
  void closeGivesBackWhatNobodyTookAndWhatIsStillLent() throws IOException {
    RequestBody body = tapped();
    for (int i = 0; i < 3; i++) {
      arrive(random(5000));
    }
    assertThat(take(body)).hasSize(5000);
    body.close();
    body.close();
    assertThat(body.takePiece()).isNull();
    assertThatThrownBy(body::awaitPiece).isInstanceOf(IOException.class);
  }

  @Test
  void whatComesAfterTheCloseIsDroppedAndSoonLeftToVertx() throws IOException {
    RequestBody body = tapped();
    body.close();
    arrive(random(5000));
    assertThat(atVertx).isEmpty();
    channel.runPendingTasks();
    arrive(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(atVertx).containsExactly(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  @Test
  void connectionIsReadAgainWhenTheBacklogIsTaken() throws IOException {
    try (RequestBody body = tapped()) {
      arrive(random(LARGE));
      assertThat(reads()).isFalse();
      assertThat(take(body)).hasSize(LARGE);
      assertThat(reads()).isTrue();
    }
  }

  @Test
  void connectionIsReadAgainWhenTheBodyIsClosedBehindABacklog() throws IOException {
    RequestBody body = tapped();
    arrive(random(LARGE));
    body.close();
    channel.runPendingTasks();
    assertThat(reads()).isTrue();
  }

  /** Else it would never be read again: nobody knows of this body any more. */
  @Test
  void connectionIsReadAgainWhenTheBodyEndsBehindABacklogAndIsClosed() throws IOException {
    RequestBody body = tapped();
    arrive(new DefaultLastHttpContent(pooled(random(LARGE))));
    body.close();
    channel.runPendingTasks();
    assertThat(reads()).isTrue();
  }

  /** Else a request behind an upload could fill the memory. */
  @Test
  void nextRequestMayPauseTheConnectionWhileTheBodyIsRead() throws IOException {
    try (RequestBody body = tapped()) {
      arrive(new DefaultLastHttpContent(pooled(random(LARGE))));
      channel.config().setAutoRead(false);
      assertThat(take(body)).hasSize(LARGE);
      assertThat(reads()).isFalse();
    }
  }

  @Test
  void smallPiecesArePutTogetherWhileTheyWait() throws IOException {
    int count = 100_000;
    try (RequestBody body = tapped()) {
      byte[] sent = random(count);
      ByteBuf all = pooled(sent);
      for (int i = 0; i < count; i++) {
        arrive(new DefaultHttpContent(all.retainedSlice(i, 1)));
      }
      all.release();
      assertThat(budget.held()).isEqualTo(count);
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      int pieces = 0;
      while (received.size() < count) {
        received.writeBytes(take(body));
        pieces++;
      }
      assertThat(received.toByteArray()).isEqualTo(sent);
      assertThat(pieces).isLessThan(10);
    }
  }

  @Test
  void connectionThatEndedBeforeAnybodyListenedIsNotWaitedFor() throws IOException {
    channel.close().syncUninterruptibly();
    try (RequestBody body = body()) {
      assertThat(body.awaitPiece()).isTrue();
      channel.runPendingTasks();
      assertThat(take(body)).isEqualTo(FIRST);
      assertThatThrownBy(body::awaitPiece)
          .isInstanceOf(IOException.class)
          .hasCauseInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void bodyWithoutTapPausesAndResumesItsRequest() throws IOException {
    PlayedRequest slow = new PlayedRequest().early(random(LARGE)).early(FIRST);
    try (RequestBody body =
        new RequestBody(
            slow.context(), OptionalLong.empty(), budget, PATIENCE, Optional.empty(), clock::get)) {
      assertThat(body.awaitPiece()).isTrue();
      assertThat(slow.calls()).containsExactly("resume", "pause");
      assertThat(take(body)).hasSize(LARGE);
      assertThat(slow.calls()).containsExactly("resume", "pause", "resume");
      assertThat(take(body)).isEqualTo(FIRST);
    }
  }

  @Test
  void clientIsAskedToGoOnWhenSomebodyWaitsForItsBytes() throws IOException {
    request.expecting("100-continue");
    try (RequestBody body = body()) {
      assertThat(request.calls()).isEmpty();
      assertThat(body.awaitPiece()).isTrue();
      assertThat(request.calls()).containsExactly("continue", "resume");
    }
  }

  @Test
  void bodyBeginsWhenATakerAsksForItsFirstPiece() throws IOException {
    try (RequestBody body = body()) {
      assertThat(request.calls()).isEmpty();
      body.tell(turns::add);
      assertThat(request.calls()).containsExactly("resume");
      assertThat(turns).containsExactly(true);
      assertThat(take(body)).isEqualTo(FIRST);
    }
  }

  @Test
  void takerIsToldOnceOfPiecesAndOfTheEnd() throws IOException {
    try (RequestBody body = tapped()) {
      body.tell(turns::add);
      arrive(random(1000));
      assertThat(turns).isEmpty(); // Little waits for more.
      arrive(random(200_000));
      arrive(random(200_000));
      assertThat(turns).containsExactly(true);
      body.tell(turns::add);
      assertThat(turns).containsExactly(true, true); // At once: there still are pieces.
      while (body.takePiece() != null) {
        assertThat(turns).hasSize(2);
      }
      body.tell(turns::add);
      arrive(LastHttpContent.EMPTY_LAST_CONTENT);
      request.end();
      assertThat(turns).containsExactly(true, true, false);
      assertThat(body.awaitPiece()).isFalse();
      body.tell(turns::add);
      assertThat(turns).containsExactly(true, true, false, false);
    }
  }

  @Test
  void takerIsToldOfWhatCameBeforeTheBodyBrokeOff() throws IOException {
    try (RequestBody body = tapped()) {
      body.tell(turns::add);
      arrive(random(1000));
      request.fail(new ClosedChannelException());
      assertThat(turns).containsExactly(true);
      assertThat(take(body)).hasSize(1000);
      body.tell(turns::add);
      assertThat(turns).containsExactly(true, false);
      assertThatThrownBy(body::awaitPiece).hasMessage("The request's body broke off");
    }
  }

  @Test
  void takerThatWaitsForLongIsToldThatNothingComes() throws IOException {
    try (RequestBody body = tapped()) {
      body.giveUpSilence();
      body.tell(turns::add);
      body.giveUpSilence();
      assertThat(turns).isEmpty();
      clock.addAndGet(PATIENCE.toNanos() - 1);
      body.giveUpSilence();
      assertThat(turns).isEmpty();
      clock.addAndGet(1);
      body.giveUpSilence();
      assertThat(turns).containsExactly(false);
      assertThatThrownBy(body::awaitPiece).hasMessage("The client sent nothing for PT10M");
    }
  }

  @Test
  void whoeverWaitsForLongLearnsThatNothingComes() throws IOException {
    try (RequestBody body = body(Duration.ofMillis(50))) {
      assertThat(body.awaitPiece()).isTrue();
      assertThat(take(body)).isEqualTo(FIRST);
      assertThat(body.takePiece()).isNull();
      assertThatThrownBy(body::awaitPiece).hasMessage("The client sent nothing for PT0.05S");
    }
  }
}
