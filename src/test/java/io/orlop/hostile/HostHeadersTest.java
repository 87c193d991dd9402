package io.orlop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RawConnection.RawAnswer;
import io.orlop.testsupport.RepositoryClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that somebody would like to have in the realm or in a location. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class HostHeadersTest extends HostileTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil\",error=\"x",
        "evil.example/path",
        "evil.example?query",
        "evil.example#fragment",
        "user@evil.example",
        "evil example",
        "evil.example:99999999",
        "evil.example:port",
        "[::1",
        "<script>",
        "\u00e4\u00ff",
        "",
      })
  void oddHostsDoNotReachTheRealm(String host) throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection.write("GET /v2/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      RawAnswer answer = connection.read("GET");
      assertThat(answer.status()).isIn(400, 401);
      if (answer.status() == 401) {
        expectSaneRealm(answer);
        assertThat(answer.headers().get("www-authenticate")).doesNotContain("evil", "script");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Host: evil\",error=\"x",
        "X-Forwarded-Host: evil.example/path",
        "X-Forwarded-Host: user@evil.example",
        "X-Forwarded-Proto: javascript",
        "X-Forwarded-Proto: https://evil.example/",
        "X-Forwarded-Port: 80/evil",
        "X-Forwarded-Prefix: //evil.example",
        "X-Forwarded-Prefix: /../evil",
        "X-Forwarded-Prefix: /a\"evil",
        "X-Forwarded-Prefix: https://evil.example",
        "Forwarded: host=\"evil/path\"",
        "Forwarded: host=evil@example;proto=evil",
        "Forwarded: ;;;===\"",
      })
  void oddForwardedHeadersReachNeitherRealmNorLocation(String header) throws IOException {
    RawAnswer realm = send("GET", "/v2/", header);
    assertThat(realm.status()).isEqualTo(401);
    expectSaneRealm(realm);
    assertThat(realm.headers().get("www-authenticate")).doesNotContain("evil", "javascript");

    RepositoryClient repository = registry.newRepository();
    RawAnswer begun =
        send(
            "POST",
            "/v2/" + repository.name() + "/blobs/uploads/",
            as(registry.maintainer()),
            "Content-Length: 0",
            header);
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.headers().get("location")).startsWith("/v2/" + repository.name());
  }

  @Test
  void saneForwardedHostReachesTheRealmOfThisClientAlone() throws IOException {
    RawAnswer answer =
        send("GET", "/v2/", "X-Forwarded-Host: registry.example", "X-Forwarded-Proto: https");
    assertThat(answer.headers().get("www-authenticate"))
        .startsWith("Bearer realm=\"https://registry.example/service/token\"");
    assertThat(send("GET", "/v2/").headers().get("www-authenticate"))
        .doesNotContain("registry.example");
  }

  private static void expectSaneRealm(RawAnswer answer) {
    assertThat(answer.headers().get("www-authenticate"))
        .matches(
            "Bearer realm=\"https?://[A-Za-z0-9._:\\[\\]-]+/service/token\",service=\"harbor-registry\"");
  }
}
