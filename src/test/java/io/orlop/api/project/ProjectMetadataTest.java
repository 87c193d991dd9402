package io.orlop.api.project;

import static io.orlop.api.project.Projects.PATH;
import static io.orlop.api.project.Projects.createProject;
import static io.orlop.api.project.Projects.idOf;
import static io.orlop.api.project.Projects.message;
import static io.orlop.api.project.Projects.newName;
import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.MembershipService;
import io.orlop.access.Role;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ProjectMetadataTest {
  private static final Map<String, String> EVERYTHING =
      Map.ofEntries(
          Map.entry("public", "true"),
          Map.entry("enable_content_trust", "true"),
          Map.entry("enable_content_trust_cosign", "false"),
          Map.entry("prevent_vul", "true"),
          Map.entry("severity", "high"),
          Map.entry("auto_scan", "true"),
          Map.entry("auto_sbom_generation", "false"),
          Map.entry("reuse_sys_cve_allowlist", "false"),
          Map.entry("proxy_speed_kb", "-1"),
          Map.entry("max_upstream_conn", "30"),
          Map.entry("proxy_cache_local_on_not_found", "true"));

  @Inject Accounts accounts;
  @Inject MembershipService memberships;

  @Test
  void givesBackAllThatWasSetWhenTheProjectWasMade() {
    String name = newName();

    Response created =
        json(admin(), Map.of("project_name", name, "metadata", EVERYTHING)).post(PATH);

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(admin().get(PATH + "/" + name).jsonPath().getMap("metadata")).isEqualTo(EVERYTHING);
    assertThat(admin().get(PATH + "/" + name + "/metadatas").jsonPath().getMap("$"))
        .isEqualTo(EVERYTHING);
    assertThat(admin().get(PATH + "/" + name + "/metadatas/").jsonPath().getMap("$"))
        .isEqualTo(EVERYTHING);
    assertThat(admin().queryParam("name", name).get(PATH).jsonPath().getMap("[0].metadata"))
        .isEqualTo(EVERYTHING);
  }

  @Test
  void keepsWhatAnUpdateDoesNotName() {
    String name = createProject(false);
    update(name, "{\"metadata\":{\"auto_scan\":\"true\",\"severity\":\"low\"}}");

    Response answer =
        update(name, "{\"metadata\":{\"severity\":\"critical\"},\"storage_limit\":5}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.asString()).isEmpty();
    assertThat(answer.header("Content-Type")).isNull();
    assertThat(admin().get(PATH + "/" + name).jsonPath().getMap("metadata"))
        .isEqualTo(Map.of("public", "false", "auto_scan", "true", "severity", "critical"));
  }

  @Test
  void makesProjectsPublicAndPrivateAgain() {
    String name = createProject(false);

    update(name, "{\"metadata\":{\"public\":\"true\"}}");
    assertThat(anonymous().get(PATH + "/" + name).statusCode()).isEqualTo(200);
    update(name, "{\"public\":false}");
    assertThat(anonymous().get(PATH + "/" + name).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\":{\"public\":\"maybe\"}}",
        "{\"metadata\":{\"auto_scan\":\"yes\"}}",
        "{\"metadata\":{\"severity\":\"terrible\"}}",
        "{\"metadata\":{\"proxy_speed_kb\":\"fast\"}}",
        "{\"metadata\":{\"max_upstream_conn\":\"99999999999\"}}",
        "{\"metadata\":{\"retention_id\":\"7\"}}",
        "{\"cve_allowlist\":{\"project_id\":1,\"items\":[{\"cve_id\":\"CVE-1\"}]}}",
        "{\"cve_allowlist\":{\"items\":[{\"cve_id\":\"CVE-1\"},{\"cve_id\":\"CVE-1\"}]}}",
        "{\"cve_allowlist\":{\"items\":[{\"cve_id\":\"\"}]}}",
        "{\"cve_allowlist\":{\"items\":[null]}}",
      })
  void refusesValuesThatASettingCannotHave(String body) {
    String name = createProject(false);

    assertThat(update(name, body).statusCode()).isEqualTo(400);
    assertThat(admin().get(PATH + "/" + name).jsonPath().getMap("metadata"))
        .isEqualTo(Map.of("public", "false"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\":{\"auto_scan\":true}}",
        "{\"metadata\":[]}",
        "{\"public\":\"true\"}",
        "{\"cve_allowlist\":{\"expires_at\":\"soon\"}}",
        "{\"cve_allowlist\":{\"items\":{}}}",
      })
  void refusesValuesOfAnotherType(String body) {
    assertThat(update(createProject(false), body).statusCode()).isEqualTo(422);
  }

  @Test
  void keepsTheAllowlistOfAProject() {
    String name = createProject(false);

    update(
        name,
        "{\"cve_allowlist\":{\"expires_at\":1893456000,\"items\":[{\"cve_id\":\"CVE-2\"},{\"cve_id\":\"CVE-1\"}]}}");
    update(name, "{\"metadata\":{\"auto_scan\":\"true\"}}");

    Response shown = admin().get(PATH + "/" + name);
    assertThat(shown.jsonPath().getList("cve_allowlist.items.cve_id"))
        .containsExactly("CVE-2", "CVE-1");
    assertThat(shown.jsonPath().getLong("cve_allowlist.expires_at")).isEqualTo(1_893_456_000L);
    assertThat(shown.jsonPath().getLong("cve_allowlist.project_id")).isEqualTo(idOf(name));
    assertThat(shown.jsonPath().getLong("cve_allowlist.id")).isPositive();

    update(name, "{\"cve_allowlist\":{\"expires_at\":null,\"items\":[]}}");
    assertThat(admin().get(PATH + "/" + name).jsonPath().getMap("cve_allowlist"))
        .doesNotContainKey("expires_at");
  }

  @Test
  void setsOneSettingAtATime() {
    String path = PATH + "/" + createProject(false) + "/metadatas";

    assertThat(json(admin(), Map.of("auto_scan", "1")).post(path + "/").statusCode())
        .isEqualTo(200);
    assertThat(admin().get(path + "/auto_scan").asString()).isEqualTo("{\"auto_scan\":\"true\"}");
    assertThat(json(admin(), Map.of("auto_scan", "true")).post(path).statusCode()).isEqualTo(409);
    assertThat(json(admin(), Map.of("auto_scan", "f")).put(path + "/auto_scan").statusCode())
        .isEqualTo(200);
    assertThat(admin().get(path).asString())
        .isEqualTo("{\"auto_scan\":\"false\",\"public\":\"false\"}");
    assertThat(admin().delete(path + "/auto_scan").statusCode()).isEqualTo(200);
    assertThat(admin().get(path + "/auto_scan").statusCode()).isEqualTo(404);
    assertThat(admin().delete(path + "/auto_scan").statusCode()).isEqualTo(404);
    assertThat(json(admin(), Map.of("auto_scan", "true")).put(path + "/auto_scan").statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "null",
        "{\"nonsense\":\"true\"}",
        "{\"auto_scan\":\"true\",\"severity\":\"low\"}",
        "{\"auto_scan\":null}",
        "{\"retention_id\":\"1\"}",
      })
  void refusesOtherThanOneKnownSetting(String body) {
    String path = PATH + "/" + createProject(false) + "/metadatas/";

    assertThat(admin().contentType(ContentType.JSON).body(body.strip()).post(path).statusCode())
        .isEqualTo(400);
  }

  @Test
  void letsThoseReadAndSetWhoMay() {
    String name = createProject(true);
    Accounts.Account maintainer = accounts.newcomer();
    memberships.assign(idOf(name), maintainer.id(), Role.MAINTAINER);
    String path = PATH + "/" + name + "/metadatas";

    assertThat(maintainer.request().get(path + "/public").statusCode()).isEqualTo(200);
    assertThat(maintainer.request().get(path).statusCode()).isEqualTo(403);
    assertThat(anonymous().get(path + "/public").statusCode()).isEqualTo(401);
    assertThat(
            json(maintainer.request(), Map.of("public", "false"))
                .put(path + "/public")
                .statusCode())
        .isEqualTo(403);
    assertThat(message(maintainer.request().get(path))).isEqualTo("forbidden");
  }

  @Test
  void answersForScannersAsHarborDoesWithoutOne() {
    String path = PATH + "/" + createProject(true) + "/scanner";

    Response none = admin().get(path);
    Response candidates = admin().get(path + "/candidates");

    assertThat(none.statusCode()).isEqualTo(200);
    assertThat(none.asString()).isEmpty();
    assertThat(none.header("Content-Type")).isNull();
    assertThat(candidates.asString()).isEqualTo("[]");
    assertThat(candidates.header("X-Total-Count")).isEqualTo("0");
    assertThat(json(admin(), Map.of("uuid", "any-scanner")).put(path).statusCode()).isEqualTo(200);
    assertThat(json(admin(), Map.of()).put(path).statusCode()).isEqualTo(422);
    assertThat(anonymous().get(path).statusCode()).isEqualTo(401);
    assertThat(accounts.newcomer().request().get(path + "/candidates").statusCode()).isEqualTo(403);
  }

  private static Response update(String name, String body) {
    return admin().contentType(ContentType.JSON).body(body).put(PATH + "/" + name);
  }

  private static RequestSpecification json(RequestSpecification caller, Map<String, ?> body) {
    return caller.contentType(ContentType.JSON).body(body);
  }
}
