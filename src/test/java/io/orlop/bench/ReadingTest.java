package io.orlop.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {
  private final Payload.Body blob = new Payload(Seeds.KIB).unique();
  private byte[] served = {};
  private Server server;
  private HttpServer http;

  @BeforeEach
  void serve(@TempDir Path folder) throws IOException {
    server = new Standing(folder);
    http =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 0);
    http.createContext("/", this::answer);
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  @Test
  void findsAByteOfABlobThatIsAnother() throws IOException {
    served = bytes();
    assertThatCode(() -> Reading.blob(blob).on(server)).doesNotThrowAnyException();
    served[served.length - 1]++;
    assertThatThrownBy(() -> Reading.blob(blob).on(server)).hasMessageContaining("something else");
  }

  @Test
  void findsAManifestThatIsAnother() {
    served = Seeds.manifest("seed");
    assertThatCode(() -> Reading.manifest().on(server)).doesNotThrowAnyException();
    served = Seeds.manifest("feed");
    assertThatThrownBy(() -> Reading.manifest().on(server)).hasMessageContaining("something else");
  }

  @Test
  void findsARangeThatBeginsElsewhere() throws IOException {
    served = bytes();
    assertThatCode(() -> Reading.range(blob, 100).on(server)).doesNotThrowAnyException();
    byte first = served[0];
    System.arraycopy(served, 1, served, 0, served.length - 1);
    served[served.length - 1] = first;
    assertThatThrownBy(() -> Reading.range(blob, 100).on(server))
        .hasMessageContaining("something else");
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    blob.writeTo(Channels.newChannel(all));
    return all.toByteArray();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      exchange.sendResponseHeaders(range == null ? 200 : 206, served.length - from);
      exchange.getResponseBody().write(Arrays.copyOfRange(served, from, served.length));
    }
  }

  /** One that is there already. */
  private static final class Standing extends Server {
    Standing(Path folder) throws IOException {
      super("standing", folder);
    }

    @Override
    List<String> command() {
      return List.of();
    }

    @Override
    String version() {
      return "";
    }

    @Override
    String durability() {
      return "";
    }

    @Override
    Path blobs() {
      return folder();
    }

    @Override
    void seedTags(String repository, int count) {
      throw new UnsupportedOperationException("No registry");
    }
  }
}
