package io.orlop.world;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.oci.Digest;
import io.orlop.testsupport.ApiClient;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RawConnection.RawAnswer;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Clients that take too much, or too long. The limits are small here, so that it does not take
 * long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsIT {
  private static final int CONNECTIONS = 12;
  private static final int ANONYMOUS_BURST = 5;
  private static final int OPEN_UPLOADS = 3;
  private static final int RUNNING_UPLOADS = 2;
  private static final String OTHER_PASSWORD = "A-good-password-1";

  private final OrlopServer server = OrlopServer.on(OrlopServer.newData());

  @BeforeAll
  void start() {
    server
        .with("ORLOP_LIMITS_CONNECTIONS", Integer.toString(CONNECTIONS))
        .with("ORLOP_LIMITS_HEAD_TIMEOUT", "PT3S")
        .with("ORLOP_LIMITS_STALL_TIMEOUT", "PT4S")
        .with("ORLOP_LIMITS_KEEP_ALIVE", "PT6S")
        .with("ORLOP_LIMITS_ANONYMOUS_REQUESTS", "1")
        .with("ORLOP_LIMITS_ANONYMOUS_BURST", Integer.toString(ANONYMOUS_BURST))
        .with("ORLOP_HTTP_TRUSTED_PROXIES", "127.0.0.1,::1")
        .with("ORLOP_UPLOAD_OPEN_PER_CALLER", Integer.toString(OPEN_UPLOADS))
        .with("ORLOP_UPLOAD_RUNNING_PER_CALLER", Integer.toString(RUNNING_UPLOADS))
        .launch();
  }

  @AfterAll
  void end() {
    server.close();
  }

  @Test
  void closesAConnectionWhoseHeadDoesNotEnd() throws IOException {
    try (RawConnection connection = connect()) {
      connection.write("GET /v2/ HTTP/1.1\r\nHost: localhost\r\n");
      assertThat(end(connection)).isEqualTo(-1);
    }
  }

  @Test
  void closesAConnectionOnWhichNothingComes() throws IOException {
    try (RawConnection connection = connect()) {
      assertThat(end(connection)).isEqualTo(-1);
    }
  }

  @Test
  void closesAConnectionThatIsIdleAfterARequest() throws IOException {
    try (RawConnection connection = connect()) {
      connection.write("GET /api/v2.0/ping HTTP/1.1\r\nHost: localhost\r\n" + login() + "\r\n");
      assertThat(connection.read("GET").status()).isEqualTo(200);
      assertThat(end(connection)).isEqualTo(-1);
    }
  }

  @Test
  void breaksOffAnUploadThatStandsStill() throws IOException {
    try (RawConnection connection = connect()) {
      beginUpload(connection, Digest.of("something else".getBytes(US_ASCII)), 1000).write("some");
      assertThat(end(connection)).isEqualTo(-1);
    }
  }

  /** Byte by byte, for as long as it takes until an upload that stands still is broken off. */
  @Test
  void goesOnWithASlowUploadAsLongAsBytesMove() throws IOException {
    String content = "0123456789".repeat(100);
    Digest digest = Digest.of(content.getBytes(US_ASCII));
    try (RawConnection slow = connect();
        RawConnection still = connect().patience(300)) {
      beginUpload(slow, digest, content.length());
      beginUpload(still, digest, content.length()).write("0");
      int sent = 0;
      while (!isEnded(still)) {
        slow.write(content.substring(sent, sent + 1));
        sent++;
      }
      assertThat(sent).as("bytes that were sent meanwhile").isGreaterThan(2);
      slow.write(content.substring(sent));
      assertThat(slow.read("POST").status()).isEqualTo(201);
    }
  }

  /** The connection is not still, but what comes never becomes a byte of the body. */
  @Test
  void breaksOffAnUploadOfWhichNoByteComes() throws IOException {
    try (RawConnection connection = connect().patience(300)) {
      connection.write(
          "POST /v2/library/slow/blobs/uploads/?digest="
              + Digest.of("never".getBytes(US_ASCII))
              + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
              + login()
              + "\r\n5");
      Optional<RawAnswer> answer = Optional.empty();
      for (int sent = 0; answer.isEmpty() && sent < 100; sent++) {
        connection.write(";a");
        answer = answerIfAny(connection);
      }
      assertThat(answer.orElseThrow().status()).isEqualTo(400);
    }
  }

  private static Optional<RawAnswer> answerIfAny(RawConnection connection) throws IOException {
    try {
      return Optional.of(connection.read("POST"));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
  }

  @Test
  void refusesMoreRunningUploadsThanACallerMayHave() throws IOException {
    String content = "0123456789".repeat(1000);
    Digest digest = Digest.of(content.getBytes(US_ASCII));
    try (RawConnection first = connect();
        RawConnection second = connect()) {
      runUpload(first, digest, content.length());
      runUpload(second, digest, content.length());
      RawAnswer answer = push(login());
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.headers()).containsKey("retry-after");
      assertThat(answer.body()).contains("TOOMANYREQUESTS");
      assertThat(push(otherLogin()).status()).isEqualTo(201);

      first.write(content);
      assertThat(first.read("POST").status()).isEqualTo(201);
      assertThat(push(login()).status()).isEqualTo(201);

      try (RawConnection third = connect()) {
        runUpload(third, digest, content.length());
        second.write("0");
        assertThat(push(login()).status()).isEqualTo(429);
        third.reset();
        await().until(() -> push(login()).status() == 201);
      }
    }
  }

  /** Pushes a small blob whole. */
  private RawAnswer push(String login) throws IOException {
    String content = "small";
    Digest digest = Digest.of(content.getBytes(US_ASCII));
    try (RawConnection connection = connect()) {
      return beginUpload(connection, digest, content.length(), login).write(content).read("POST");
    }
  }

  /** Returns the login of another administrator. */
  private String otherLogin() {
    ApiClient admin = ApiClient.of(server.administrator());
    String location =
        admin
            .post(
                "/users",
                "{\"username\":\"other\",\"email\":\"other@example.com\",\"realname\":\"Other\","
                    + "\"password\":\""
                    + OTHER_PASSWORD
                    + "\"}")
            .expect(201)
            .header("Location")
            .orElseThrow();
    String path = location.substring(location.indexOf("/users/"));
    admin.put(path + "/sysadmin", "{\"sysadmin_flag\":true}").expect(200);
    return login("other", OTHER_PASSWORD);
  }

  private RawConnection beginUpload(RawConnection connection, Digest digest, int length)
      throws IOException {
    return beginUpload(connection, digest, length, login());
  }

  /** Begins an upload, and waits until it runs: only then is its client asked for the body. */
  private void runUpload(RawConnection connection, Digest digest, int length) throws IOException {
    beginUpload(connection, digest, length, login() + "Expect: 100-continue\r\n");
    assertThat(connection.read("POST").status()).isEqualTo(100);
  }

  private static RawConnection beginUpload(
      RawConnection connection, Digest digest, int length, String login) throws IOException {
    return connection.write(
        "POST /v2/library/slow/blobs/uploads/?digest="
            + digest
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + length
            + "\r\n"
            + login
            + "\r\n");
  }

  /** Waits for the end a moment. */
  private static boolean isEnded(RawConnection connection) throws IOException {
    try {
      return end(connection) < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Test
  void refusesConnectionsBeyondTheLimit() throws Exception {
    List<RawConnection> open = new ArrayList<>();
    try {
      int refused = 0;
      for (int i = 0; i < CONNECTIONS + 4; i++) {
        RawConnection connection = connect();
        open.add(connection);
        refused += isRefused(connection) ? 1 : 0;
      }
      assertThat(refused).isPositive();
      server.awaitLog("orlop.limits.connections");
    } finally {
      for (RawConnection connection : open) {
        connection.close();
      }
    }
  }

  @Test
  void answersTooManyRequestsInTheFormOfTheDoor() throws IOException {
    String head = " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n";
    try (RawConnection connection = connect()) {
      for (int i = 0; i < ANONYMOUS_BURST; i++) {
        connection.write("GET /v2/" + head);
        assertThat(connection.read("GET").status()).isEqualTo(401);
      }
      // The bucket fills again while we ask, on a slow machine.
      connection.write("GET /v2/" + head);
      RawAnswer last = connection.read("GET");
      for (int i = 0; i < 2 * ANONYMOUS_BURST && last.status() != 429; i++) {
        connection.write("GET /v2/" + head);
        last = connection.read("GET");
      }
      assertThat(last.status()).isEqualTo(429);
      assertThat(last.headers()).containsKeys("retry-after", "x-request-id");
      assertThat(last.body()).contains("\"TOOMANYREQUESTS\"");
      // Others are not concerned, nor is who has credentials.
      connection.write("GET /v2/" + head.replace("113.7", "113.8"));
      assertThat(connection.read("GET").status()).isEqualTo(401);
      connection.write("GET /v2/" + head.replace("\r\n\r\n", "\r\n" + login() + "\r\n"));
      assertThat(connection.read("GET").status()).isEqualTo(200);
    }
  }

  @Test
  void refusesMoreOpenUploadsThanACallerMayHave() throws IOException {
    try (RawConnection connection = connect()) {
      for (int i = 0; i <= OPEN_UPLOADS; i++) {
        connection.write(
            "POST /v2/library/many/blobs/uploads/ HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Length: 0\r\n"
                + login()
                + "\r\n");
        var answer = connection.read("POST");
        assertThat(answer.status()).isEqualTo(i < OPEN_UPLOADS ? 202 : 429);
        if (i == OPEN_UPLOADS) {
          assertThat(answer.headers()).containsKey("retry-after");
          assertThat(answer.body()).contains("TOOMANYREQUESTS");
        }
      }
    }
  }

  private RawConnection connect() throws IOException {
    return new RawConnection(server.port()).patience(60_000);
  }

  /** Reads what is left; -1 when the registry has closed the connection. */
  private static int end(RawConnection connection) throws IOException {
    try {
      int last = connection.readByte();
      while (last >= 0) {
        last = connection.readByte();
      }
      return last;
    } catch (SocketException e) {
      return -1;
    }
  }

  private boolean isRefused(RawConnection connection) {
    try {
      connection.write("GET /v2/ HTTP/1.1\r\nHost: localhost\r\n" + login() + "\r\n");
      return connection.read("GET").status() != 200;
    } catch (IOException e) {
      return true;
    }
  }

  private String login() {
    return login("admin", server.adminPassword());
  }

  private static String login(String name, String password) {
    String pair = name + ":" + password;
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }
}
