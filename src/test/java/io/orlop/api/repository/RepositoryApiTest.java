package io.orlop.api.repository;

import static io.orlop.testsupport.ApiClient.expectError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.access.Role;
import io.orlop.catalog.pull.PullRecorder;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.ApiClient;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RepositoryApiTest {
  @Inject TestRegistry registry;
  @Inject PullRecorder pulls;
  @Inject Database database;
  private TestRegistry.NewProject project;
  private ApiClient api;
  private String repositories;

  @BeforeEach
  void makeProject() {
    project = registry.newPrivateProject();
    registry.assign(project, registry.maintainer(), Role.MAINTAINER);
    api = ApiClient.of(registry.as(registry.maintainer()));
    repositories = "/projects/" + project.name() + "/repositories";
  }

  @Test
  void tellsWhatARepositoryIs() {
    RepositoryClient repository = repository("a/b");
    repository.pushImage("v1");
    repository.pushImage("v2");

    JsonNode found = api.get(repositories + "/a%252Fb").expect(200).json();

    assertThat(found.path("name").asText()).isEqualTo(project.name() + "/a/b");
    assertThat(found.path("project_id").asLong()).isEqualTo(project.id());
    assertThat(found.path("artifact_count").asLong()).isEqualTo(2);
    assertThat(found.path("pull_count").asLong(-1)).isZero();
    assertThat(found.has("description")).isFalse();
    assertThat(found.path("creation_time").asText()).endsWith("Z");
    assertThat(api.get(repositories + "/a%2Fb").expect(200).json()).isEqualTo(found);
    expectError(
        api.get(repositories + "/none"), 404, "repository " + project.name() + "/none not found");
  }

  @Test
  void listsNewestFirst() {
    repository("one").pushImage("v1");
    repository("two").pushImage("v1");
    repository("only-a-blob").pushBlob(new byte[] {1});

    assertThat(api.texts(repositories, "name"))
        .containsExactly(project.name() + "/two", project.name() + "/one");
    assertThat(api.texts(repositories + "?sort=name", "name"))
        .containsExactly(project.name() + "/one", project.name() + "/two");
    assertThat(api.texts(repositories + "?q=name=~On", "name"))
        .containsExactly(project.name() + "/one");
    assertThat(api.texts(repositories + "?q=artifact_count=1&page_size=1&page=2", "name"))
        .containsExactly(project.name() + "/one");
    assertThat(api.get(repositories + "?page=7").expect(200).header("X-Total-Count")).hasValue("2");
  }

  @Test
  void listsWhatTheCallerMaySeeInAllProjects() {
    repository("hidden").pushImage("v1");
    TestRegistry.NewProject open = registry.newPublicProject();
    registry.assign(open, registry.maintainer(), Role.MAINTAINER);
    registry.as(registry.maintainer()).repository(open.name() + "/shown").pushImage("v1");
    String hidden = "/repositories?q=name=" + project.name() + "/hidden";
    String shown = "/repositories?q=name=" + open.name() + "/shown";
    ApiClient stranger = ApiClient.of(registry.as(registry.newUser()));
    ApiClient nobody = ApiClient.of(registry.anonymous());
    ApiClient administrator = ApiClient.of(registry.as(registry.administrator()));

    assertThat(api.texts(hidden, "name")).hasSize(1);
    assertThat(administrator.texts(hidden, "name")).hasSize(1);
    assertThat(stranger.texts(hidden, "name")).isEmpty();
    assertThat(nobody.texts(hidden, "name")).isEmpty();
    assertThat(stranger.texts(shown, "name")).hasSize(1);
    assertThat(nobody.texts(shown, "name")).hasSize(1);
  }

  @Test
  void showsOnlyWhatThePatternsOfARoleReach() {
    repository("team-a/app").pushImage("v1");
    repository("team-b/app").pushImage("v1");
    Account member = registry.newUser();
    long role =
        database.one(
            """
            INSERT INTO role (name, permissions, repositories)
            VALUES (?, '{repository:list,repository:read,artifact:list}', '{team-a/**}')
            RETURNING id
            """,
            row -> row.getLong(1),
            registry.newName("role"));
    database.update(
        "INSERT INTO project_member (project_id, user_id, role) VALUES (?, ?, ?)",
        project.id(),
        member.id(),
        role);
    ApiClient limited = ApiClient.of(registry.as(member));
    String reachable = project.name() + "/team-a/app";

    assertThat(limited.texts(repositories, "name")).containsExactly(reachable);
    assertThat(limited.texts("/repositories?q=project_id=" + project.id(), "name"))
        .containsExactly(reachable);
    assertThat(limited.texts("/projects/" + project.name() + "/artifacts", "repository_name"))
        .containsExactly(reachable);
    limited.get(repositories + "/team-a%252Fapp").expect(200);
    limited.get(repositories + "/team-b%252Fapp").expect(403);
    limited.get(repositories + "/team-b%252Fapp/artifacts").expect(403);
  }

  @Test
  void describes() {
    repository("app").pushImage("v1");

    assertThat(
            api.put(repositories + "/app", "{\"description\":\"Ours\",\"name\":\"x\"}")
                .expect(200)
                .bytes())
        .isEmpty();
    assertThat(api.get(repositories + "/app").json().path("description").asText())
        .isEqualTo("Ours");
    api.put(repositories + "/app", "{\"description\":5}").expect(422);
    api.put(repositories + "/none", "{}").expect(404);
    ApiClient.of(registry.as(registry.newMember(project, Role.GUEST)))
        .put(repositories + "/app", "{}")
        .expect(403);
  }

  @Test
  void deletesARepositoryWithAllThatIsInIt() {
    RepositoryClient repository = repository("app");
    repository.pushImage("v1");
    repository.pushImage("v2");

    api.delete(repositories + "/app").expect(200);

    api.get(repositories + "/app").expect(404);
    api.delete(repositories + "/app").expect(404);
    repository.getManifest("v1").expect(404);
    assertThat(api.texts(repositories + "/app/artifacts", "digest")).isEmpty();
    repository.pushImage("v3");
    assertThat(api.texts(repositories + "/app/artifacts", "digest")).hasSize(1);
  }

  @Test
  void staysWhenItsLastArtifactGoes() {
    RepositoryClient repository = repository("app");
    repository.pushImage("v1");

    api.delete(repositories + "/app/artifacts/v1").expect(200);

    assertThat(api.get(repositories + "/app").expect(200).json().path("artifact_count").asLong(-1))
        .isZero();
  }

  @Test
  void countsPullsOfManifests() {
    RepositoryClient repository = repository("app");
    var digest = repository.pushImage("v1");
    repository.getManifest("v1").expect(200);
    repository.getManifest(digest).expect(200);
    repository.headManifest("v1").expect(200);
    repository
        .request("GET", "/manifests/v1")
        .header("User-Agent", "harbor-registry-client")
        .send()
        .expect(200);
    pulls.flush();

    assertThat(api.get(repositories + "/app").json().path("pull_count").asLong()).isEqualTo(2);
    JsonNode artifact = api.get(repositories + "/app/artifacts/v1").json();
    assertThat(artifact.path("pull_time").asText()).startsWith("20");
    assertThat(artifact.path("tags").path(0).path("pull_time").asText()).startsWith("20");
  }

  @Test
  void refusesWhoMayNot() {
    TestRegistry.NewProject open = registry.newPublicProject();
    registry.assign(open, registry.maintainer(), Role.MAINTAINER);
    registry.as(registry.maintainer()).repository(open.name() + "/app").pushImage("v1");
    String path = "/projects/" + open.name() + "/repositories";
    ApiClient nobody = ApiClient.of(registry.anonymous());

    assertThat(nobody.texts(path, "name")).hasSize(1);
    nobody.get(path + "/app").expect(401);
    nobody.delete(path + "/app").expect(401);
    ApiClient.of(registry.as(registry.newUser())).delete(path + "/app").expect(403);
    ApiClient.of(registry.as(registry.administrator()))
        .get("/projects/none-of-this/repositories")
        .expect(404);
    assertThat(nobody.texts(path, "name")).hasSize(1);
  }

  private RepositoryClient repository(String path) {
    return registry.as(registry.maintainer()).repository(project.name() + "/" + path);
  }
}
