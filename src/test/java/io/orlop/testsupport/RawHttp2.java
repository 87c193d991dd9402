package io.orlop.testsupport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** A connection of HTTP/2 whose client sends more than the server's settings allow. */
public final class RawHttp2 implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int MAX_FRAME = 16_384;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;
  private static final int PRIORITY = 32;
  private static final int BYTES_OF_PRIORITY = 5;
  private static final int BYTES_OF_SETTING = 6;

  private final Socket socket;
  private final DataInputStream input;
  private final DefaultHttp2HeadersEncoder encoder =
      new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true);
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private int nextStream = 1;

  private record Frame(int type, int flags, int stream, ByteBuf payload) {}

  /** Speaks HTTP/2 on a socket, encrypted or not, from its first byte. */
  public RawHttp2(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    input = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write(ByteBufUtil.getBytes(Http2CodecUtil.connectionPrefaceBuf()));
    send(Http2FrameTypes.SETTINGS, 0, 0, new byte[0]);
  }

  /** Reads up to what the server allows its client. */
  public Http2Settings settings() throws IOException {
    Frame frame = read();
    while (frame.type != Http2FrameTypes.SETTINGS || (frame.flags & ACK) != 0) {
      frame = read();
    }
    Http2Settings settings = new Http2Settings();
    ByteBuf bytes = frame.payload;
    while (bytes.readableBytes() >= BYTES_OF_SETTING) {
      Long _ =
          settings.put((char) bytes.readUnsignedShort(), Long.valueOf(bytes.readUnsignedInt()));
    }
    return settings;
  }

  /**
   * Gets a path.
   *
   * @return the answer's head
   * @throws IOException if the server ends the connection instead
   */
  public Http2Headers get(String path, String authorization) throws IOException {
    int stream = nextStream;
    nextStream += 2;
    Http2Headers head =
        new DefaultHttp2Headers()
            .method("GET")
            .scheme("http")
            .authority("localhost")
            .path(path)
            .add("authorization", authorization);
    try {
      sendHead(stream, head);
      return readHead(stream);
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  private void sendHead(int stream, Http2Headers head) throws IOException, Http2Exception {
    ByteBuf block = Unpooled.buffer();
    encoder.encodeHeaders(stream, head, block);
    int type = Http2FrameTypes.HEADERS;
    int flags = END_STREAM;
    while (block.isReadable()) {
      byte[] part = new byte[Math.min(MAX_FRAME, block.readableBytes())];
      block.readBytes(part);
      send(type, block.isReadable() ? flags : flags | END_HEADERS, stream, part);
      type = Http2FrameTypes.CONTINUATION;
      flags = 0;
    }
  }

  private Http2Headers readHead(int stream) throws IOException, Http2Exception {
    while (true) {
      Frame frame = read();
      if (frame.type == Http2FrameTypes.GO_AWAY) {
        throw new IOException("The server ends the connection");
      }
      if (frame.stream == stream && frame.type == Http2FrameTypes.HEADERS) {
        int skipped = (frame.flags & PRIORITY) == 0 ? 0 : BYTES_OF_PRIORITY;
        return decoder.decodeHeaders(stream, frame.payload.skipBytes(skipped));
      }
    }
  }

  private void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream frame = new DataOutputStream(bytes);
    frame.writeByte(0);
    frame.writeShort(payload.length);
    frame.writeByte(type);
    frame.writeByte(flags);
    frame.writeInt(stream);
    frame.write(payload);
    socket.getOutputStream().write(bytes.toByteArray());
    socket.getOutputStream().flush();
  }

  private Frame read() throws IOException {
    int length = input.readUnsignedByte() << 16 | input.readUnsignedShort();
    int type = input.readUnsignedByte();
    int flags = input.readUnsignedByte();
    int stream = input.readInt();
    byte[] payload = new byte[length];
    input.readFully(payload);
    return new Frame(type, flags, stream, Unpooled.wrappedBuffer(payload));
  }

  @Override
  public void close() throws IOException {
    encoder.close();
    socket.close();
  }
}
