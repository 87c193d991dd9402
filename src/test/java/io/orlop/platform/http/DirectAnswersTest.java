package io.orlop.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RawConnection.RawAnswer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.restassured.RestAssured;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.PathPart;
import org.junit.jupiter.api.Test;

/** What becomes of an answer that cannot be given as it was meant. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class DirectAnswersTest {
  private static final String UNSENDABLE = "/v2/-/unsendable";
  private static final String LOGGED = "/v2/-/logged";

  /** Endpoints of this test alone. */
  @Singleton
  static class Endpoints {
    private final DirectAnswers answers;

    Endpoints(DirectAnswers answers) {
      this.answers = answers;
    }

    void install(@Observes Filters filters) {
      // A file that goes away between the moment it is found and the moment it is sent.
      install(
          filters,
          UNSENDABLE,
          () -> Response.ok(new PathPart(Path.of("/nowhere/at/all"), 0, 10)).build());
      // What a line that is logged on the way would carry.
      install(
          filters,
          LOGGED,
          () -> Response.ok(MDC.get("requestId") + " " + MDC.get("requestMark")).build());
    }

    private void install(Filters filters, String path, Supplier<Response> endpoint) {
      filters.register(
          context -> {
            if (path.equals(context.request().path())) {
              answers.answerInTime(
                  context, endpoint, answer -> answer.getHeaders().add("X-Mark", "1"));
            } else {
              context.next();
            }
          },
          1);
    }
  }

  @Test
  void whatIsLoggedOnAThreadOfItsOwnCarriesTheRequestsId() throws IOException {
    try (RawConnection connection = new RawConnection(RestAssured.port)) {
      for (String id : List.of("first", "second")) {
        connection.write(
            "GET " + LOGGED + " HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: " + id + "\r\n\r\n");
        assertThat(connection.read("GET").body()).isEqualTo(id + " [" + id + "] ");
      }
    }
  }

  @Test
  void fileThatIsGoneWhenItIsSentIsARefusalOnAConnectionThatGoesOn() throws IOException {
    try (RawConnection connection = new RawConnection(RestAssured.port)) {
      for (int i = 0; i < 2; i++) {
        connection.write("GET " + UNSENDABLE + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        RawAnswer answer = connection.read("GET");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("\"errors\"");
        assertThat(answer.headers()).containsKey("x-mark");
      }
    }
  }
}
