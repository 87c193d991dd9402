package io.orlop.platform.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Takes what is left of a request's body out of its connection before Vert.x, which copies each
 * piece to an array of its own: for large bodies that is half of all memory and a fifth of all
 * time. Works in the connection's own thread. HTTP/1.1 only, where a connection has one body at a
 * time.
 */
final class BodyTap extends ChannelInboundHandlerAdapter {
  /** What Vert.x calls its own handler. */
  private static final String VERTX = "handler";

  private final RequestBody body;
  private final Channel channel;
  private boolean open;

  /** Makes one, closed. */
  BodyTap(RequestBody body, Channel channel) {
    this.body = body;
    this.channel = channel;
  }

  /** Opens it soon, if everything that came before has reached the body by then. */
  void openLater() {
    channel
        .eventLoop()
        .execute(() -> {
          if (body.isUpToDate() && channel.pipeline().context(VERTX) != null) {
            channel.pipeline().addBefore(VERTX, null, this);
            open = true;
          }
        });
  }

  /** Lets the rest go the ordinary way. */
  void close() {
    channel
        .eventLoop()
        .execute(() -> {
          if (open) {
            channel.pipeline().remove(this);
            channel.config().setAutoRead(true);
          }
        });
  }

  /** Reads no more of the connection. */
  void pause() {
    channel.config().setAutoRead(false);
  }

  /** Reads on. */
  void resume() {
    channel.config().setAutoRead(true);
  }

  /** Also when the connection has ended. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    open = false;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HttpContent content) || !content.decoderResult().isSuccess()) {
      context.fireChannelRead(message);
      return;
    }
    ByteBuf bytes = content.content();
    if (bytes.isReadable()) {
      body.put(bytes.nioBuffer(), bytes);
    } else {
      bytes.release();
    }
    if (content instanceof LastHttpContent) {
      context.pipeline().remove(this);
      body.untap();
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }
}
