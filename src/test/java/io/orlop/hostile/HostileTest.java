package io.orlop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.LogWatch;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RawConnection.RawAnswer;
import io.orlop.testsupport.TestRegistry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Watches the log: nothing that a client does may call anybody to it. */
@Timeout(120)
abstract class HostileTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject TestRegistry registry;
  private LogWatch log;

  @BeforeEach
  void openLog() {
    log = LogWatch.open();
  }

  @AfterEach
  void closeLog() {
    log.close();
    log.expectNothingAboveDebug();
  }

  LogWatch log() {
    return log;
  }

  /** Writes a request without body, byte for byte. */
  static String request(String method, String target, String... headers) {
    StringBuilder text =
        new StringBuilder(method)
            .append(' ')
            .append(target)
            .append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  /** Returns the header with the administrator's password: what is refused, is not for its sake. */
  String asAdministrator() {
    return as(registry.administrator());
  }

  static String as(Account account) {
    byte[] pair = (account.name() + ":" + account.password()).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Sends a request on a connection of its own. */
  RawAnswer send(String method, String target, String... headers) throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      return connection.write(request(method, target, headers)).read(method);
    }
  }

  static void expectRefusal(RawAnswer answer) throws IOException {
    assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
    assertThat(answer.headers().get("content-type")).as("%s", answer).isEqualTo("application/json");
    JsonNode errors = JSON.readTree(answer.body()).path("errors");
    assertThat(errors.isArray() && !errors.isEmpty()).as("%s", answer).isTrue();
    assertThat(errors.get(0).path("code").asText()).isNotEmpty();
    assertThat(answer.body()).doesNotContain("Exception", "io.orlop", "<html");
  }
}
