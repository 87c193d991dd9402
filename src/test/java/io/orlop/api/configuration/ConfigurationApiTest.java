package io.orlop.api.configuration;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.settings.SettingKey;
import io.orlop.platform.settings.SettingType;
import io.orlop.platform.settings.Settings;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ConfigurationApiTest {
  private static final String PATH = "/api/v2.0/configurations";

  @Inject Accounts accounts;
  @Inject Database database;
  @Inject Settings settings;

  @AfterEach
  void setEverythingBack() {
    put(ConfigurationDefaults.all());
    database.update("DELETE FROM setting WHERE secret IS NOT NULL");
  }

  private static Response put(Object body) {
    return admin().contentType("application/json").body(body).put(PATH);
  }

  private static JsonPath get() {
    return admin().get(PATH).then().statusCode(200).extract().jsonPath();
  }

  @Test
  void isForAdministratorsAlone() {
    assertThat(anonymous().get(PATH).statusCode()).isEqualTo(401);
    assertThat(accounts.newcomer().request().get(PATH).statusCode()).isEqualTo(403);
    for (String body : List.of("{\"read_only\":true}", "nonsense")) {
      assertThat(anonymous().contentType("application/json").body(body).put(PATH).statusCode())
          .isEqualTo(401);
      assertThat(
              accounts
                  .newcomer()
                  .request()
                  .contentType("application/json")
                  .body(body)
                  .put(PATH)
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(get().getBoolean("read_only.value")).isFalse();
  }

  @Test
  void showsEverySettingButPasswords() {
    Map<String, Object> shown = get().getMap("$");

    assertThat(shown)
        .containsOnlyKeys(
            Arrays.stream(SettingKey.values())
                .filter(key -> key.type() != SettingType.PASSWORD)
                .map(SettingKey::wireName)
                .toList());
    assertThat(shown)
        .containsEntry("auth_mode", Map.of("value", "db_auth", "editable", true))
        .containsEntry("read_only", Map.of("value", false, "editable", true))
        .containsEntry("storage_per_project", Map.of("value", -1, "editable", true))
        .containsEntry("oidc_extra_redirect_parms", Map.of("value", "{}", "editable", true))
        .containsEntry("robot_name_prefix", Map.of("value", "robot$", "editable", true))
        .containsEntry("scan_all_policy", Map.of());
  }

  @Test
  void takesEverySetting() {
    assertThat(Arrays.stream(ConfigurationsRequest.class.getRecordComponents()))
        .extracting(component -> new SnakeCaseStrategy().translate(component.getName()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(SettingKey.values()).map(SettingKey::wireName).toList());
  }

  @Test
  void givesBackWhatWasSent() {
    Map<String, Object> sent = ConfigurationDefaults.others();
    sent.remove("read_only");
    Response answer = put(sent);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).isEmpty();
    JsonPath shown = get();
    sent.forEach((name, value) -> {
      boolean password = name.endsWith("_password") || name.equals("oidc_client_secret");
      if (!password) {
        String path = name.equals("scan_all_policy") ? name : name + ".value";
        Object kept = shown.get(path);
        assertThat(kept).as(name).isEqualTo(value);
      }
    });
    assertThat(settings.text(SettingKey.LDAP_SEARCH_PASSWORD)).isEqualTo("other");
  }

  @Test
  void changesOnlyWhatIsSent() {
    put(Map.of("banner_message", "hello", "token_expiration", 7));
    Map<String, Object> body = new HashMap<>();
    body.put("banner_message", null);
    body.put("token_expiration", 8);
    body.put("no_such_setting", Map.of());

    assertThat(put(body).statusCode()).isEqualTo(200);
    assertThat(get().getString("banner_message.value")).isEqualTo("hello");
    assertThat(get().getInt("token_expiration.value")).isEqualTo(8);
  }

  @Test
  void refusesWrongTypesAndValuesByNameAndThenChangesNothing() {
    expectRefused(422, "token_expiration", "{\"banner_message\":\"x\",\"token_expiration\":\"5\"}");
    expectRefused(422, "read_only", "{\"banner_message\":\"x\",\"read_only\":\"true\"}");
    expectRefused(422, "ldap_url", "{\"banner_message\":\"x\",\"ldap_url\":5}");
    expectRefused(400, "token_expiration", "{\"banner_message\":\"x\",\"token_expiration\":0}");
    expectRefused(400, "auth_mode", "{\"banner_message\":\"x\",\"auth_mode\":\"magic\"}");
    expectRefused(400, "banner_message", "{\"banner_message\":\"a\\u0000\"}");
    expectRefused(
        400,
        "skip_audit_log_database",
        "{\"banner_message\":\"x\",\"skip_audit_log_database\":true}");
  }

  private static void expectRefused(int status, String name, String body) {
    Response answer = put(body);
    assertThat(answer.statusCode()).as(body).isEqualTo(status);
    assertThat(answer.jsonPath().getString("errors[0].message")).contains(name);
    assertThat(get().getString("banner_message.value")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{",
        "{\"token_expiration\":1e400}",
        "{\"a\":1}x"
      })
  void neverFailsForWhateverIsSent(String body) {
    assertThat(put(body).statusCode()).isBetween(200, 422);
  }

  @Test
  void skippingTheDatabaseNeedsAnEndpoint() {
    assertThat(
            put(Map.of("audit_log_forward_endpoint", "syslog:514", "skip_audit_log_database", true))
                .statusCode())
        .isEqualTo(200);
    assertThat(put(Map.of("audit_log_forward_endpoint", "")).statusCode()).isEqualTo(400);
  }

  @Test
  void keepsSecretsEncrypted() {
    put(Map.of("oidc_client_secret", "very-secret-text", "uaa_client_secret", "very-secret-text"));

    assertThat(
            database.list(
                "SELECT value, secret FROM setting WHERE name LIKE '%_client_secret'",
                row -> {
                  assertThat(row.getString(1)).isNull();
                  return new String(row.getBytes(2), StandardCharsets.ISO_8859_1);
                }))
        .hasSize(2)
        .noneMatch(kept -> kept.contains("very-secret"));
    assertThat(settings.text(SettingKey.OIDC_CLIENT_SECRET)).isEqualTo("very-secret-text");
    assertThat(admin().get(PATH).asString()).doesNotContain("oidc_client_secret");
  }

  @Test
  void accountsOfEveryModeCanSignInAfterTheModeChanged() {
    Accounts.Account account = accounts.newcomer();

    assertThat(put(Map.of("auth_mode", "ldap_auth")).statusCode()).isEqualTo(200);

    assertThat(account.request().get("/api/v2.0/systeminfo").jsonPath().getString("auth_mode"))
        .isEqualTo("ldap_auth");
    assertThat(put(Map.of("auth_mode", "db_auth")).statusCode()).isEqualTo(200);
  }

  @Test
  void internalSettingsAreForNobody() {
    assertThat(anonymous().get("/api/v2.0/internalconfig").statusCode()).isEqualTo(401);
    assertThat(admin().get("/api/v2.0/internalconfig").statusCode()).isEqualTo(401);
  }
}
