package io.orlop.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** An answer that begins well and is cut off within its body. */
public final class CutAnswer {
  private CutAnswer() {}

  /**
   * Sends a request, and expects success and a length, some bytes, and an end before the last one:
   * of the connection over HTTP/1.1, of the stream over HTTP/2.
   */
  public static void expect(HttpClient client, HttpRequest request, long length) {
    AtomicReference<ResponseInfo> head = new AtomicReference<>();
    AtomicLong received = new AtomicLong();
    BodyHandler<Void> counting =
        info -> {
          head.set(info);
          return BodySubscribers.ofByteArrayConsumer(
              part -> part.ifPresent(bytes -> received.addAndGet(bytes.length)));
        };
    assertThatThrownBy(() -> client.send(request, counting))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
    assertThat(head.get()).isNotNull();
    assertThat(head.get().statusCode()).isEqualTo(200);
    assertThat(head.get().version()).isEqualTo(client.version());
    assertThat(head.get().headers().firstValueAsLong("Content-Length")).hasValue(length);
    assertThat(received.get()).isPositive().isLessThan(length);
  }
}
