package io.orlop.api.proxy;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ProxyCheckApiTest {
  private static final String CHECK = "/api/v2.0/proxy-check";

  @Inject Accounts accounts;

  @Test
  void isForAdministratorsAlone() {
    assertThat(admin().get(CHECK).statusCode()).isEqualTo(200);
    assertThat(accounts.newcomer().request().get(CHECK).statusCode()).isEqualTo(403);
    assertThat(anonymous().get(CHECK).statusCode()).isEqualTo(401);
  }

  @Test
  void showsWhatItSeesAndWouldAdvertise() {
    Response answer =
        admin()
            .header("X-Forwarded-Proto", "https, http")
            .header("X-Forwarded-Host", "registry.example.com:8443")
            .header("X-Forwarded-For", "192.0.2.1, 10.0.0.9")
            .queryParam("url", "https://registry.example.com:8443/")
            .get(CHECK);

    var report = answer.jsonPath();
    assertThat(report.getBoolean("healthy")).isTrue();
    assertThat(report.getList("problems")).isEmpty();
    assertThat(report.getString("connection.peer_address")).isNotBlank();
    assertThat(report.getBoolean("connection.forwarding_headers_count")).isTrue();
    assertThat(report.getString("connection.scheme")).isEqualTo("http");
    assertThat(report.getString("seen_url")).isEqualTo("https://registry.example.com:8443");
    assertThat(report.getString("external_url")).isNull();
    assertThat(report.getString("advertised.realm"))
        .isEqualTo("https://registry.example.com:8443/service/token");
    assertThat(report.getString("advertised.location")).isEqualTo("/v2/");
    assertThat(report.getList("headers.X-Forwarded-For")).containsExactly("192.0.2.1, 10.0.0.9");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void saysWhatIsWrongAndWhatHelps() {
    var report =
        admin()
            .header("X-Forwarded-Proto", "http")
            .queryParam("url", "https://registry.example.com")
            .get(CHECK)
            .jsonPath();

    assertThat(report.getBoolean("healthy")).isFalse();
    assertThat(report.getList("problems.code")).contains("scheme-differs", "host-differs");
    assertThat(report.getMap("problems[0]"))
        .containsOnlyKeys("code", "severity", "cause", "cure")
        .containsEntry("severity", "error");
  }

  @Test
  void showsNoSecrets() {
    String answer =
        admin()
            .header("Cookie", "sid=secret-cookie")
            .header("X-Forwarded-Access-Token", "secret-token")
            .get(CHECK)
            .asString();

    assertThat(answer)
        .doesNotContain("secret-cookie", "secret-token", "Authorization", "Basic", "Cookie");
  }

  @Test
  void refusesAnUrlThatIsNone() {
    Response answer = admin().queryParam("url", "registry").get(CHECK);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.jsonPath().getString("errors[0].message")).startsWith("url in query");
  }
}
