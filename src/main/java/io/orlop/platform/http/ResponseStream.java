package io.orlop.platform.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Writes an answer's body from a thread that may wait, no faster than its client reads. */
final class ResponseStream extends OutputStream {
  private final HttpServerResponse response;

  ResponseStream(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    await(response.write(Buffer.buffer(length).appendBytes(bytes, offset, length)));
  }

  /** Waits until something was sent. */
  static void await(Future<?> sent) throws IOException {
    try {
      sent.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw brokenOff(e.getCause());
    }
  }

  /** What the end of an answer that could not be sent to its end is told as. */
  static IOException brokenOff(@Nullable Throwable cause) {
    return new IOException("The answer broke off", cause);
  }
}
