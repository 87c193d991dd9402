package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.Role;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in with what, and what the others are told. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class AccessTest {
  @Inject TestRegistry registry;
  private NewProject project;
  private Account developer;
  private String name;

  @BeforeEach
  void openProject() {
    project = registry.newPrivateProject();
    developer = registry.newMember(project, Role.DEVELOPER);
    name = project.name() + "/app";
    registry.as(developer).repository(name).pushImage("v1");
  }

  private RepositoryClient withToken(Account account, String actions) {
    String token = registry.as(account).token("repository:" + name + ":" + actions);
    return registry.anonymous().bearer(token).repository(name);
  }

  private static String challenge(Answer answer) {
    return answer.expectError(401, "UNAUTHORIZED").header("WWW-Authenticate").orElseThrow();
  }

  @Test
  void loginFailsWithoutOrWithWrongCredentials() {
    registry.anonymous().get("/v2/").expectError(401, "UNAUTHORIZED");
    registry
        .as(new Account(0, developer.name(), "wrong"))
        .get("/v2/")
        .expectError(401, "UNAUTHORIZED");
    registry
        .anonymous()
        .bearer(registry.anonymous().token())
        .get("/v2/")
        .expectError(401, "UNAUTHORIZED");
    registry.as(developer).get("/v2/").expect(200);
    registry.anonymous().bearer(registry.as(developer).token()).get("/v2/").expect(200);
  }

  @Test
  void anonymousIsAskedForATokenOfTheRightScope() {
    RepositoryClient anonymous = registry.anonymous().repository(name);
    assertThat(challenge(anonymous.getManifest("v1")))
        .isEqualTo(
            "Bearer realm=\""
                + registry.url()
                + "/service/token\",service=\"harbor-registry\",scope=\"repository:"
                + name
                + ":pull\"");
    assertThat(challenge(anonymous.beginUpload("")))
        .endsWith("scope=\"repository:" + name + ":pull,push\"");
    assertThat(challenge(anonymous.deleteManifest("v1")))
        .endsWith("scope=\"repository:" + name + ":delete\"");
    assertThat(challenge(registry.anonymous().get("/v2/_catalog")))
        .endsWith("scope=\"registry:catalog:*\"");
  }

  @Test
  void anonymousPullsFromPublicProjectsAndPushesNowhere() {
    NewProject open = registry.newPublicProject();
    String app = open.name() + "/app";
    registry.as(registry.administrator()).repository(app).pushImage("v1");
    String token = registry.anonymous().token("repository:" + app + ":pull,push");
    RepositoryClient anonymous = registry.anonymous().bearer(token).repository(app);
    anonymous.getManifest("v1").expect(200);
    assertThat(challenge(anonymous.beginUpload(""))).doesNotContain("error=");
  }

  @Test
  void tokenWithoutTheActionIsToldToAskForMoreWhereItsHolderHasTheRight() {
    RepositoryClient pulling = withToken(developer, "pull");
    pulling.getManifest("v1").expect(200);
    assertThat(challenge(pulling.beginUpload("")))
        .endsWith("scope=\"repository:" + name + ":pull,push\",error=\"insufficient_scope\"");
    pulling.deleteManifest("v1").expectError(403, "DENIED");
  }

  @Test
  void tokenWithoutTheActionIsDeniedWhereItsHolderLacksTheRight() {
    Account guest = registry.newMember(project, Role.GUEST);
    RepositoryClient guests = withToken(guest, "pull,push,delete");
    guests.getManifest("v1").expect(200);
    guests.beginUpload("").expectError(403, "DENIED");
    guests.deleteManifest("v1").expectError(403, "DENIED");
    registry.as(guest).repository(name).beginUpload("").expectError(403, "DENIED");
  }

  @Test
  void anonymousTokenIsAskedToSignIn() {
    String token = registry.anonymous().token("repository:" + name + ":pull");
    RepositoryClient anonymous = registry.anonymous().bearer(token).repository(name);
    assertThat(challenge(anonymous.getManifest("v1"))).doesNotContain("error=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "/b", "-b", ".b"})
  void tokenIsGoodForItsRepositoryAlone(String suffix) {
    String token = registry.as(developer).token("repository:" + name + ":pull,push");
    RepositoryClient other = registry.anonymous().bearer(token).repository(name + suffix);
    assertThat(challenge(other.getManifest("v1"))).contains("insufficient_scope");
    assertThat(challenge(other.beginUpload(""))).contains("insufficient_scope");
  }

  @Test
  void tokenMayServeSeveralRepositories() {
    String token =
        registry
            .as(developer)
            .token(
                "repository:" + name + ":pull", "repository:" + project.name() + "/lib:pull,push");
    RegistryClient client = registry.anonymous().bearer(token);
    client.repository(name).getManifest("v1").expect(200);
    client.repository(project.name() + "/lib").pushImage("v1");
  }

  @Test
  void schemeOfATokenMayBeWrittenInAnyCase() {
    String token = registry.as(developer).token("repository:" + name + ":pull");
    registry
        .anonymous()
        .authorization("bearer " + token)
        .repository(name)
        .getManifest("v1")
        .expect(200);
  }

  @Test
  void projectThatIsDeletedAndMadeAgainDoesNotHonourOldTokens() {
    NewProject first = registry.newProjectNamed(registry.newName("again"), false);
    Account owner = registry.newMember(first, Role.PROJECT_ADMIN);
    String app = first.name() + "/app";
    String token = registry.as(owner).token("repository:" + app + ":pull,push,delete");
    RepositoryClient old = registry.anonymous().bearer(token).repository(app);
    URI upload = old.openUpload();
    registry.delete(first);

    NewProject second = registry.newProjectNamed(first.name(), false);
    Account newOwner = registry.newMember(second, Role.PROJECT_ADMIN);
    RepositoryClient current = registry.as(newOwner).repository(app);
    Digest image = current.pushImage("v1");
    Digest blob = current.pushBlob(Blobs.random(10));

    old.getManifest("v1").expectError(404, "NAME_UNKNOWN");
    old.getBlob(blob).expectError(404, "NAME_UNKNOWN");
    old.tags("").expectError(404, "NAME_UNKNOWN");
    assertThat(old.referrers(image, "").expect(200).json().path("manifests")).isEmpty();
    old.beginUpload("").expectError(404, "NAME_UNKNOWN");
    old.post(Digest.of(new byte[0]), new byte[0]).expectError(404, "NAME_UNKNOWN");
    old.status(upload).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    old.deleteManifest(image).expectError(404, "NAME_UNKNOWN");
    current.getManifest("v1").expect(200);
  }

  @Test
  void passwordThatWasChangedIsRefusedAtOnce() {
    registry.as(developer).get("/v2/").expect(200);
    Account changed = registry.changePassword(developer);
    registry.as(developer).get("/v2/").expectError(401, "UNAUTHORIZED");
    registry.as(developer).repository(name).getManifest("v1").expectError(401, "UNAUTHORIZED");
    registry.as(changed).repository(name).getManifest("v1").expect(200);
  }

  @Test
  void rightThatWasTakenAwayEndsWithThePasswordAtOnceAndWithTheTokenLater() {
    RepositoryClient token = withToken(developer, "pull");
    registry.expel(project, developer);
    registry.as(developer).repository(name).getManifest("v1").expectError(403, "DENIED");
    token.getManifest("v1").expect(200);
    token.beginUpload("").expectError(403, "DENIED");
  }

  @Test
  void catalogTellsAdministratorsWhichScopeTheyLack() {
    String token = registry.as(registry.administrator()).token();
    assertThat(challenge(registry.anonymous().bearer(token).get("/v2/_catalog")))
        .endsWith("scope=\"registry:catalog:*\",error=\"insufficient_scope\"");
    String catalog = registry.as(registry.administrator()).token("registry:catalog:*");
    registry.anonymous().bearer(catalog).get("/v2/_catalog").expect(200);
    String others = registry.as(developer).token("registry:catalog:*");
    registry.anonymous().bearer(others).get("/v2/_catalog").expectError(403, "DENIED");
    registry.as(developer).get("/v2/_catalog").expectError(403, "DENIED");
  }

  @Test
  void administratorLearnsThatAProjectDoesNotExist() {
    registry
        .as(registry.administrator())
        .repository(registry.newName("missing") + "/app")
        .beginUpload("")
        .expectError(404, "NAME_UNKNOWN");
  }
}
