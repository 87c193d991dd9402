package io.orlop.api;

import static io.orlop.testsupport.Api.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.contract.Contract;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Writes, reads back and lists one full object of each of Harbor's models: what was sent, and what
 * Harbor sets itself, has to be there. What is not there, and why, is a list in the test resources.
 */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class FullObjectsTest {
  /** What must not stay as it was tried, whatever comes of the test. */
  private static final Map<String, Object> SETTINGS =
      Map.ofEntries(
          Map.entry("auth_mode", "db_auth"),
          Map.entry("read_only", false),
          Map.entry("banner_message", ""),
          Map.entry("oidc_name", ""),
          Map.entry("http_authproxy_endpoint", ""),
          Map.entry("http_authproxy_tokenreview_endpoint", ""),
          Map.entry("http_authproxy_skip_search", false),
          Map.entry("http_authproxy_server_certificate", ""));

  @Inject TestRegistry registry;
  private final FullObjects objects = new FullObjects(Contract.read());

  @AfterEach
  void setEverythingBack() {
    objects.put("/configurations", SETTINGS);
  }

  @Test
  void everyPropertyIsWrittenReadBackAndListed(TestReporter reporter) {
    String user = users();
    String group = groups();
    String project = project();
    members(project, user, group);
    robots(project);
    int label = labels(project);
    new FullContent(objects, registry, project).write(label);
    quotas(project);
    audit(project);
    allowlist(project);
    configurations();
    system(project);

    Set<String> missing = objects.missing();
    Set<String> excused = objects.excused();
    reporter.publishEntry(
        "what Harbor has and Orlop has not", missing + ", and on purpose " + excused);
    SoftAssertions.assertSoftly(all -> {
      all.assertThat(objects.differences()).as("not read back as it was sent").isEmpty();
      all.assertThat(missing).as("what Harbor has and Orlop has not").isEmpty();
      all.assertThat(objects.excusedInVain()).as("is there, and needs no excuse").isEmpty();
      all.assertThat(objects.unseenModels(ContractTest.SERVED)).as("not tried").isEmpty();
    });
  }

  private String users() {
    String name = newName("user");
    Map<String, Object> body =
        Map.of(
            "username", name,
            "email", name + "@example.com",
            "realname", "A name",
            "comment", "a comment",
            "password", "Passw0rd-1");
    String path = objects.create("/users", "UserCreationReq", body);
    objects.readBack("UserCreationReq", body, objects.get(path));
    Map<String, Object> profile =
        Map.of("email", name + "@example.org", "realname", "Another", "comment", "another");
    objects.replace(path, "UserProfile", profile);
    Map<String, Object> flag = Map.of("sysadmin_flag", true);
    objects.replace(path + "/sysadmin", "UserSysAdminFlag", flag);
    objects.put("/configurations", Map.of("auth_mode", "oidc_auth"));
    Map<String, Object> secret = Map.of("secret", "Chosen-5ecret");
    objects.replace(path + "/cli_secret", "OIDCCliSecretReq", secret);
    Map<String, Object> password =
        Map.of("old_password", "Passw0rd-1", "new_password", "Passw0rd-2");
    FullObjects own = objects.as(name, "Passw0rd-1");
    own.replace(path + "/password", "PasswordReq", password);

    JsonNode current = objects.as(name, "Passw0rd-2").get("/users/current");
    JsonNode listed = objects.one("/users?username=" + name);
    for (JsonNode shown : List.of(objects.get(path), current, listed)) {
      objects.readBack("UserProfile", profile, shown);
      objects.readBack("UserSysAdminFlag", flag, shown);
    }
    objects.look("UserResp", current);
    assertThat(current.path("oidc_user_meta").path("secret").asText()).isEqualTo("Chosen-5ecret");
    objects.put("/configurations", Map.of("auth_mode", "db_auth"));
    objects.look("UserSearchRespItem", objects.one("/users/search?username=" + name));
    return name;
  }

  private String groups() {
    String name = newName("group");
    Map<String, Object> body =
        Map.of(
            "id",
            7,
            "group_name",
            name,
            "group_type",
            1,
            "ldap_group_dn",
            "cn=" + name + ",dc=example,dc=com");
    String path = objects.create("/usergroups", "UserGroup", body);
    for (JsonNode shown :
        List.of(objects.get(path), objects.one("/usergroups?group_name=" + name))) {
      objects.readBack("UserGroup", body, shown);
      objects.look("UserGroup", shown);
    }
    objects.look("UserGroupSearchItem", objects.one("/usergroups/search?groupname=" + name));
    return name;
  }

  private String project() {
    String name = newName("p");
    Map<String, Object> metadata = new HashMap<>();
    for (String key :
        List.of(
            "public",
            "enable_content_trust",
            "enable_content_trust_cosign",
            "prevent_vul",
            "auto_scan",
            "auto_sbom_generation",
            "reuse_sys_cve_allowlist",
            "proxy_cache_local_on_not_found")) {
      metadata.put(key, "true");
    }
    metadata.put("severity", "high");
    metadata.put("proxy_speed_kb", "100");
    metadata.put("max_upstream_conn", "9");
    Map<String, Object> body =
        Map.of(
            "project_name",
            name,
            "public",
            true,
            "metadata",
            metadata,
            "storage_limit",
            123_456_789,
            "cve_allowlist",
            allowlist(0, "CVE-2026-1"));
    String path = objects.create("/projects", "ProjectReq", body);
    int id = objects.get(path).path("project_id").asInt();
    objects.replace(path, "ProjectReq", Map.of("cve_allowlist", allowlist(id, "CVE-2026-2")));
    Map<String, Object> items = Map.of("items", List.of(Map.of("cve_id", "CVE-2026-2")));
    Map<String, Object> expected = Map.of("cve_allowlist", items);
    for (JsonNode shown :
        List.of(objects.get("/projects/" + name), objects.one("/projects?name=" + name))) {
      objects.readBack("ProjectReq", Map.of("project_name", name), shown);
      objects.readBack("ProjectReq", Map.of("metadata", metadata), shown);
      objects.look("Project", shown);
    }
    objects.readBack("ProjectReq", expected, objects.get("/projects/" + name));
    objects.look("ProjectMetadata", objects.get("/projects/" + name + "/metadatas"));
    for (Map.Entry<String, Object> entry : metadata.entrySet()) {
      JsonNode one = objects.get("/projects/" + name + "/metadatas/" + entry.getKey());
      assertThat(one.path(entry.getKey()).asText()).isEqualTo(entry.getValue());
    }
    return name;
  }

  private static Map<String, Object> allowlist(int project, String cve) {
    return Map.of(
        "id",
        8,
        "project_id",
        project,
        "expires_at",
        4_102_444_800L,
        "items",
        List.of(Map.of("cve_id", cve)),
        "creation_time",
        "2026-01-02T03:04:05Z",
        "update_time",
        "2026-01-02T03:04:05Z");
  }

  private void members(String project, String user, String group) {
    String members = "/projects/" + project + "/members";
    int userId = objects.one("/users?username=" + user).path("user_id").asInt();
    JsonNode known = objects.one("/usergroups?group_name=" + group);
    String path =
        objects.create(
            members,
            "ProjectMember",
            Map.of("role_id", 2, "member_user", Map.of("user_id", userId, "username", user)));
    objects.replace(path, "RoleRequest", Map.of("role_id", 4));
    for (int role : new int[] {2, 5}) {
      Map<String, Object> another = Map.of("user_id", registry.newUser().id());
      objects.create(members, "ProjectMember", Map.of("role_id", role, "member_user", another));
    }
    objects.create(
        members,
        "ProjectMember",
        Map.of(
            "role_id",
            3,
            "member_group",
            Map.of(
                "id",
                known.path("id").asInt(),
                "group_name",
                group,
                "group_type",
                1,
                "ldap_group_dn",
                known.path("ldap_group_dn").asText())));
    for (JsonNode shown :
        List.of(objects.get(path), objects.one(members + "?entityname=" + user))) {
      objects.look("ProjectMemberEntity", shown);
      assertThat(shown.path("role_id").asInt()).isEqualTo(4);
      assertThat(shown.path("entity_name").asText()).isEqualTo(user);
      assertThat(shown.path("entity_type").asText()).isEqualTo("u");
    }
    JsonNode ofGroup = objects.one(members + "?entityname=" + group);
    assertThat(ofGroup.path("entity_id")).isEqualTo(known.path("id"));
  }

  private void robots(String project) {
    Map<String, Object> permission =
        Map.of(
            "kind",
            "project",
            "namespace",
            project,
            "access",
            List.of(Map.of("resource", "repository", "action", "pull", "effect", "allow")));
    Map<String, Object> body = new HashMap<>();
    body.put("name", newName("r"));
    body.put("description", "a robot");
    body.put("secret", "Chosen-5ecret");
    body.put("level", "project");
    body.put("disable", true);
    body.put("duration", 31);
    body.put("permissions", List.of(permission));
    JsonNode created = objects.created("/robots", "RobotCreate", body);
    objects.look("RobotCreated", created);
    String path = "/robots/" + created.path("id").asLong();
    body.put("name", created.path("name").asText());
    long id = objects.get("/projects/" + project).path("project_id").asLong();
    String list = "/robots?q=Level%3Dproject,ProjectID%3D" + id;
    for (JsonNode shown : List.of(objects.get(path), objects.one(list))) {
      objects.readBack("RobotCreate", body, shown);
      objects.look("Robot", shown);
    }
    Map<String, Object> robot = objects.map(objects.get(path));
    robot.put("description", "another");
    robot.put("disable", false);
    robot.put("duration", 32);
    robot.put("secret", "");
    objects.replace(path, "Robot", robot);
    robot.keySet().removeAll(List.of("update_time", "expires_at"));
    objects.readBack("Robot", robot, objects.get(path));
    Map<String, Object> secret = Map.of("secret", "An0ther-5ecret");
    objects.look("RobotSec", objects.patch(path, "RobotSec", Map.of("secret", "")));
    objects.patch(path, "RobotSec", secret);
    assertThat(
            objects
                .as(created.path("name").asText(), "An0ther-5ecret")
                .get("/projects/" + project)
                .path("name")
                .asText())
        .isEqualTo(project);
  }

  private int labels(String project) {
    int projectId = objects.get("/projects/" + project).path("project_id").asInt();
    String name = newName("label");
    Map<String, Object> body =
        Map.of(
            "id", 7,
            "name", name,
            "description", "a label",
            "color", "#00AB9A",
            "scope", "p",
            "project_id", projectId,
            "creation_time", "2026-01-02T03:04:05Z",
            "update_time", "2026-01-02T03:04:05Z");
    String path = objects.create("/labels", "Label", body);
    String list = "/labels?scope=p&project_id=" + projectId + "&name=" + name;
    for (JsonNode shown : List.of(objects.get(path), objects.one(list))) {
      objects.readBack("Label", body, shown);
      objects.look("Label", shown);
    }
    return objects.get(path).path("id").asInt();
  }

  private void quotas(String project) {
    long projectId = objects.get("/projects/" + project).path("project_id").asLong();
    JsonNode listed = objects.one("/quotas?reference=project&reference_id=" + projectId);
    String path = "/quotas/" + listed.path("id").asLong();
    Map<String, Object> body = Map.of("hard", Map.of("storage", 987_654_321));
    objects.replace(path, "QuotaUpdateReq", body);
    JsonNode shown = objects.get(path);
    objects.readBack("QuotaUpdateReq", body, shown);
    for (JsonNode quota : List.of(listed, shown)) {
      objects.look("Quota", quota);
      assertThat(objects.map(quota.path("ref"))).containsKeys("id", "name", "owner_name");
      assertThat(quota.path("used").path("storage").asLong()).isPositive();
    }
    objects.look("ProjectSummary", objects.get("/projects/" + project + "/summary"));
    String empty = registry.newPrivateProject().name();
    objects.look(
        "ProjectDeletable",
        List.of(
            objects.get("/projects/" + project + "/_deletable"),
            objects.get("/projects/" + empty + "/_deletable")));
    Map<String, Object> scanner = Map.of("uuid", "a-scanner");
    objects.replace("/projects/" + project + "/scanner", "ProjectScanner", scanner);
  }

  private void audit(String project) {
    String query = "?q=operation%3Dcreate,resource_type%3Dproject,resource%3D" + project;
    objects.look("AuditLogExt", objects.awaitOne("/auditlog-exts" + query));
    objects.look("AuditLog", objects.one("/audit-logs" + query));
    objects.look("AuditLogExt", objects.one("/projects/" + project + "/auditlog-exts" + query));
    objects.look("AuditLog", objects.one("/projects/" + project + "/logs" + query));
    objects.look("AuditLogEventType", objects.get("/auditlog-exts/events").path(0));
  }

  private void allowlist(String project) {
    Map<String, Object> body = allowlist(0, "CVE-2026-3");
    objects.replace("/system/CVEAllowlist", "CVEAllowlist", body);
    JsonNode shown = objects.get("/system/CVEAllowlist");
    objects.readBack("CVEAllowlist", body, shown);
    // Only a project's own tells of a project.
    JsonNode ofProject = objects.get("/projects/" + project).path("cve_allowlist");
    objects.look("CVEAllowlist", List.of(shown, ofProject));
  }

  private void configurations() {
    Map<String, Object> before = new HashMap<>();
    Map<String, Object> others = new HashMap<>(objects.values("Configurations"));
    objects
        .get("/configurations")
        .properties()
        .forEach(item -> before.put(item.getKey(), objects.value(item.getValue().path("value"))));
    before.put("scan_all_policy", Map.of());
    before.put("ldap_base_dn", "unset");
    before.put("ldap_uid", "cn");
    before.put("ldap_url", "unset");
    others.put("scan_all_policy", Map.of("type", "daily", "parameter", Map.of("daily_time", 60)));
    objects.replace("/configurations", "Configurations", others);
    JsonNode shown = objects.get("/configurations");
    objects.put("/configurations", before);

    objects.look("ConfigurationsResponse", shown);
    assertThat(shown.path("scan_all_policy").path("type").asText()).isEqualTo("daily");
    others.remove("scan_all_policy");
    others.forEach((name, value) -> {
      if (shown.has(name)) {
        assertThat(objects.value(shown.path(name).path("value"))).as(name).isEqualTo(value);
      }
    });
  }

  private void system(String project) {
    objects.look("Statistic", objects.get("/statistics"));
    objects.put(
        "/configurations",
        Map.of(
            "auth_mode", "http_auth",
            "banner_message", "a banner",
            "oidc_name", "a provider",
            "http_authproxy_endpoint", "https://example.com/login",
            "http_authproxy_tokenreview_endpoint", "https://example.com/review",
            "http_authproxy_skip_search", true,
            "http_authproxy_server_certificate", "a certificate"));
    objects.look("GeneralInfo", objects.get("/systeminfo"));
    objects.look("SystemInfo", objects.get("/systeminfo/volumes"));
    objects.look("OverallHealthStatus", objects.get("/health"));
    objects.look("Permissions", objects.get("/permissions"));
    objects.look("Permission", objects.get("/users/current/permissions?scope=/system").path(0));
    objects.look("Search", objects.get("/search?q=" + project));
  }
}
