package io.orlop.api.system;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.system.bootstrap.ServerConfig;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SystemApiTest {
  @Inject Accounts accounts;
  @Inject ServerConfig config;

  @Test
  void answersAPing() {
    Response answer = anonymous().get("/api/v2.0/ping");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith("text/plain");
    assertThat(answer.asString()).isEqualTo("Pong");
  }

  @Test
  void saysWhichApiItServes() {
    assertThat(anonymous().get("/api/version").asString()).isEqualTo("{\"version\":\"v2.0\"}");
  }

  @Test
  void tellsThatItsPartsWork() {
    Response answer = anonymous().get("/api/v2.0/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.jsonPath().getString("status")).isEqualTo("healthy");
    assertThat(answer.jsonPath().getList("components.name"))
        .containsExactly("core", "database", "jobservice", "portal", "registry");
    assertThat(answer.jsonPath().getList("components.status")).containsOnly("healthy");
    assertThat(answer.jsonPath().getMap("components[0]")).containsOnlyKeys("name", "status");
  }

  @Test
  void tellsThatTheStoreIsGone() throws IOException {
    Path blobs = config.data().resolve("blobs");
    Path away = config.data().resolve("blobs-away");
    Files.move(blobs, away);
    try {
      expectStoreError("the blob store is not the one that belongs to the database");
    } finally {
      Files.move(away, blobs);
    }
    await().until(() -> healthStatus().equals("healthy"));
  }

  /** As below a volume that is not mounted, or in a bucket that somebody made anew. */
  @Test
  void tellsThatAnEmptyStoreIsInThePlaceOfItsOwn() throws IOException {
    Path blobs = config.data().resolve("blobs");
    Path away = config.data().resolve("blobs-away");
    Files.move(blobs, away);
    try {
      Files.createDirectory(blobs);
      expectStoreError("the blob store is not the one that belongs to the database");
    } finally {
      Files.delete(blobs);
      Files.move(away, blobs);
    }
    await().until(() -> healthStatus().equals("healthy"));
  }

  private static void expectStoreError(String error) {
    await().until(() -> healthStatus().equals("unhealthy"));
    Response answer = anonymous().get("/api/v2.0/health");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.jsonPath().getString("components.find { it.name == 'registry' }.error"))
        .isEqualTo(error);
    assertThat(answer.jsonPath().getString("components.find { it.name == 'database' }.status"))
        .isEqualTo("healthy");
  }

  @Test
  void tellsAnonymousCallersWhatASignInPageNeeds() {
    assertThat(anonymous().get("/api/v2.0/systeminfo").jsonPath().getMap("$"))
        .containsOnlyKeys(
            "auth_mode",
            "primary_auth_mode",
            "self_registration",
            "banner_message",
            "oidc_provider_name")
        .containsEntry("auth_mode", "db_auth")
        .containsEntry("banner_message", "")
        .containsEntry("primary_auth_mode", false);
  }

  @Test
  void tellsAccountsHowTheSystemIsSetUp() {
    Response answer =
        accounts
            .newcomer()
            .request()
            .header("X-Forwarded-Proto", "https")
            .header("X-Forwarded-Host", "registry.example.com")
            .get("/api/v2.0/systeminfo");

    assertThat(answer.jsonPath().getMap("$"))
        .containsEntry("external_url", "https://registry.example.com")
        .containsEntry("registry_url", "registry.example.com")
        .containsEntry("project_creation_restriction", "everyone")
        .containsEntry("registry_storage_provider_name", "filesystem")
        .containsEntry("has_ca_root", false)
        .containsEntry("read_only", false)
        .containsEntry("notification_enable", true);
    assertThat(answer.jsonPath().getString("current_time")).endsWith("Z");
    assertThat(answer.jsonPath().getString("harbor_version"))
        .matches("v2\\.15\\.2-orlop-[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?");
  }

  @Test
  void showsAdministratorsTheVolume() {
    Response answer = admin().get("/api/v2.0/systeminfo/volumes");

    assertThat(answer.jsonPath().getLong("storage[0].total"))
        .isGreaterThanOrEqualTo(answer.jsonPath().getLong("storage[0].free"));
    assertThat(answer.jsonPath().getLong("storage[0].free")).isPositive();
    assertThat(accounts.newcomer().request().get("/api/v2.0/systeminfo/volumes").statusCode())
        .isEqualTo(403);
    assertThat(anonymous().get("/api/v2.0/systeminfo/volumes").statusCode()).isEqualTo(401);
  }

  @Test
  void hasNoCertificateOfItsOwn() {
    assertThat(anonymous().get("/api/v2.0/systeminfo/getcert").statusCode()).isEqualTo(404);
  }

  private static String healthStatus() {
    return anonymous().get("/api/v2.0/health").jsonPath().getString("status");
  }
}
