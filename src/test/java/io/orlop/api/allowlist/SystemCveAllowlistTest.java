package io.orlop.api.allowlist;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SystemCveAllowlistTest {
  private static final String PATH = "/api/v2.0/system/CVEAllowlist";

  @Inject Accounts accounts;

  @Test
  void keepsTheListOfTheWholeRegistry() {
    Response set =
        put(
            "{\"id\":7,\"project_id\":0,\"expires_at\":1893456000,\"items\":[{\"cve_id\":\"CVE-1\",\"x\":1}]}");

    assertThat(set.statusCode()).isEqualTo(200);
    assertThat(set.header("Content-Type")).isNull();
    JsonPath shown = accounts.newcomer().request().get(PATH).jsonPath();
    assertThat(shown.getList("items.cve_id")).containsExactly("CVE-1");
    assertThat(shown.getLong("expires_at")).isEqualTo(1_893_456_000L);
    assertThat(shown.getMap("$")).doesNotContainKey("project_id");

    put("{}");
    assertThat(admin().get(PATH).jsonPath().getMap("$"))
        .containsOnlyKeys("id", "items", "creation_time", "update_time");
  }

  @Test
  void refusesListsThatAreNone() {
    assertThat(put("{\"items\":[{\"cve_id\":\"A\"},{\"cve_id\":\"A\"}]}").statusCode())
        .isEqualTo(400);
    assertThat(put("{\"items\":[{}]}").statusCode()).isEqualTo(400);
    assertThat(put("{\"items\":\"A\"}").statusCode()).isEqualTo(422);
  }

  @Test
  void isReadByThoseWhoAreSignedInAndSetByAdministrators() {
    assertThat(anonymous().get(PATH).statusCode()).isEqualTo(401);
    assertThat(anonymous().contentType(ContentType.JSON).body("{}").put(PATH).statusCode())
        .isEqualTo(401);
    assertThat(
            accounts
                .newcomer()
                .request()
                .contentType(ContentType.JSON)
                .body("{}")
                .put(PATH)
                .statusCode())
        .isEqualTo(403);
  }

  private static Response put(String body) {
    return admin().contentType(ContentType.JSON).body(body).put(PATH);
  }
}
