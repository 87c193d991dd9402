package io.orlop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RawConnection.RawAnswer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A request is refused before its body is read: nobody has to send gigabytes to hear a no. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class UnreadBodyTest extends HostileTest {
  private static final byte[] MEBIBYTE = new byte[1024 * 1024];

  @Test
  void refusalComesBeforeTheBody() throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection.write(
          request(
              "POST",
              "/v2/library/app/blobs/uploads/?digest=sha256:00",
              "Content-Length: 5000000000"));
      assertThat(connection.read("POST").status()).isEqualTo(401);
    }
  }

  @Test
  void nobodyIsAskedToGoOnWithABodyThatWillBeRefused() throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection.write(
          request(
              "POST",
              "/v2/library/app/blobs/uploads/",
              "Content-Length: 5000000000",
              "Expect: 100-continue"));
      assertThat(connection.read("POST").status()).isEqualTo(401);
    }
  }

  @Test
  void clientThatSendsAllBeforeItReadsHearsTheRefusal() throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection.write(request("PUT", "/v2/library/app/manifests/v1", "Content-Length: 33554432"));
      for (int i = 0; i < 32; i++) {
        connection.write(MEBIBYTE);
      }
      assertThat(connection.read("PUT").status()).isEqualTo(401);
    }
  }

  @Test
  void nextRequestOnTheConnectionIsNotTakenFromTheBody() throws IOException {
    Account account = registry.newUser();
    try (RawConnection connection = new RawConnection(registry.port())) {
      String inner = request("GET", "/v2/smuggled");
      connection.write(
          request("PUT", "/v2/library/app/manifests/v1", "Content-Length: " + inner.length())
              + inner);
      assertThat(connection.read("PUT").status()).isEqualTo(401);
      try {
        connection.write(request("GET", "/v2/"));
        RawAnswer next = connection.read("GET");
        assertThat(next.status()).isEqualTo(401);
      } catch (IOException e) {
        assertThat(e).as("or the connection is closed, for %s", account.name()).isNotNull();
      }
    }
  }
}
