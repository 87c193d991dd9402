package io.orlop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RawConnection;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of which two readers could see two different ends. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SmugglingTest extends HostileTest {

  /** Sends bytes and returns the status of each answer until there is no more. */
  private List<Integer> statuses(String bytes) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection.write(bytes).patience(1_000);
      while (true) {
        statuses.add(connection.read("GET").status());
      }
    } catch (IOException e) {
      return statuses;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length: 0x5",
        "Content-Length: 5 5",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        " Transfer-Encoding: chunked",
      })
  void ambiguousLengthsAreRefusedAndNothingAfterThemIsServed(String headers) throws IOException {
    String inner = "0\r\n\r\n" + request("GET", "/v2/smuggled");
    List<Integer> statuses =
        statuses(
            "POST /v2/library/app/blobs/uploads/ HTTP/1.1\r\nHost: localhost\r\n"
                + headers
                + "\r\n\r\n"
                + inner);
    assertThat(statuses).as(headers).hasSize(1);
    assertThat(statuses.getFirst()).isBetween(400, 499);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "-1\r\n", "FFFFFFFFFFFFFFFFF\r\n", "5;\r\nabc\r\n", "\r\n\r\n"})
  void brokenChunksAreRefused(String chunk) throws IOException {
    List<Integer> statuses =
        statuses(
            request(
                    "PUT",
                    "/v2/library/app/manifests/v1",
                    "Transfer-Encoding: chunked",
                    "Content-Type: application/vnd.oci.image.manifest.v1+json",
                    asAdministrator())
                + chunk
                + request("GET", "/v2/smuggled"));
    assertThat(statuses)
        .hasSizeLessThanOrEqualTo(1)
        .allSatisfy(status -> assertThat(status).isBetween(400, 499));
  }

  /**
   * What is sent in chunks has no other length (RFC 9112, section 6.3): the length is dropped, the
   * chunks are what counts, and what follows them is a request of its own, if the connection lives.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 500\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 500",
      })
  void chunksOutweighTheLength(String headers) throws IOException {
    assertThat(
            statuses(
                "POST /v2/library/app/blobs/uploads/ HTTP/1.1\r\nHost: localhost\r\n"
                    + headers
                    + "\r\n\r\n0\r\n\r\n"
                    + request("GET", "/v2/nothing")))
        .isIn(List.of(401), List.of(401, 404));
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    assertThat(
            statuses(
                request("GET", "/v2/nothing")
                    + request("GET", "/v2/")
                    + request("GET", "/v2/nothing")))
        .containsExactly(404, 401, 404);
  }
}
