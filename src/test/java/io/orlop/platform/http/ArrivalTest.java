package io.orlop.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads real requests of a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArrivalTest {
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private int port;

  @BeforeAll
  void listen() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> {
              arrivals.add(Arrival.of(request));
              request.response().end();
            });
    server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    port = server.actualPort();
  }

  @AfterAll
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example.com,        registry.example.com",
    "registry.example.com:5000,   registry.example.com:5000",
    "REGISTRY:5000,               REGISTRY:5000",
    "127.0.0.1:5000,              127.0.0.1:5000",
    "[::1]:5000,                  [::1]:5000",
    "[2001:db8::1],               [2001:db8::1]",
  })
  void readsTheHostThatWasAsked(String header, String host) throws Exception {
    assertThat(arrivalOf("Host: " + header).host()).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({"a b", "evil\"", "user@evil", "evil/path", "evil:port", "evil:99999", "''"})
  void fallsBackToItsOwnAddressWhenTheHostIsNonsense(String header) throws Exception {
    assertThat(arrivalOf("Host: " + header).host()).isEqualTo("127.0.0.1:" + port);
  }

  @Test
  void readsTheConnection() throws Exception {
    Arrival arrival = arrivalOf("Host: r\r\nX-Forwarded-Proto: https");

    assertThat(arrival.peer()).contains("127.0.0.1");
    assertThat(arrival.isNear()).isTrue();
    assertThat(arrival.scheme()).isEqualTo("http");
    assertThat(arrival.forwarded().scheme()).contains("https");
  }

  private Arrival arrivalOf(String headers) throws IOException, InterruptedException {
    arrivals.clear();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().readAllBytes();
    }
    Arrival arrival = arrivals.poll(20, TimeUnit.SECONDS);
    assertThat(arrival).isNotNull();
    return arrival;
  }
}
