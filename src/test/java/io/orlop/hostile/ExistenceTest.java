package io.orlop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.Role;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody may not see looks the same as what is not there. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ExistenceTest extends HostileTest {
  private NewProject project;
  private RepositoryClient secret;
  private Digest blob;
  private byte[] content;
  private ManifestBuilder image;

  @BeforeEach
  void keepASecret() {
    project = registry.newPrivateProject();
    Account owner = registry.newMember(project, Role.PROJECT_ADMIN);
    secret = registry.as(owner).repository(project.name() + "/secret");
    content = Blobs.random(1000);
    blob = secret.pushBlob(content);
    image = secret.newImage();
    secret.pushManifest("v1", image);
  }

  private List<RegistryClient> outsiders() {
    Account outsider = registry.newUser();
    String scope = "repository:" + secret.name() + ":pull,push,delete";
    return List.of(
        registry.anonymous(),
        registry.anonymous().bearer(registry.anonymous().token(scope)),
        registry.as(outsider),
        registry.anonymous().bearer(registry.as(outsider).token(scope)));
  }

  private List<Answer> everyRequest(RepositoryClient repository) {
    ManifestBuilder other = ManifestBuilder.index();
    URI upload =
        URI.create(
            registry.url() + "/v2/" + repository.name() + "/blobs/uploads/" + UUID.randomUUID());
    return List.of(
        repository.getManifest("v1"),
        repository.headManifest("v1"),
        repository.getManifest(image.digest()),
        repository.putManifest("v1", other),
        repository.deleteManifest("v1"),
        repository.deleteManifest(image.digest()),
        repository.getBlob(blob),
        repository.headBlob(blob),
        repository.getBlob(blob, "bytes=0-1"),
        repository.deleteBlob(blob),
        repository.tags(""),
        repository.referrers(image.digest(), ""),
        repository.beginUpload(""),
        repository.post(blob, content),
        repository.beginUpload("?mount=" + blob + "&from=" + secret.name()),
        repository.status(upload),
        repository.stream(upload, content),
        repository.finish(upload, blob, content),
        repository.cancel(upload));
  }

  @Test
  void outsiderCannotTellPrivateRepositoryFromOneThatIsNotThere() {
    String nowhere = registry.newName("private") + "/secret";
    String unused = project.name() + "/unused";
    for (RegistryClient outsider : outsiders()) {
      List<Answer> hidden = everyRequest(outsider.repository(secret.name()));
      for (String name : List.of(nowhere, unused)) {
        List<Answer> missing = everyRequest(outsider.repository(name));
        for (int i = 0; i < hidden.size(); i++) {
          assertThat(hidden.get(i).status()).isIn(401, 403);
          assertThat(shape(missing.get(i), name)).isEqualTo(shape(hidden.get(i), secret.name()));
        }
      }
    }
  }

  private static String shape(Answer answer, String name) {
    return (answer.status()
            + " "
            + answer.text()
            + " "
            + answer.header("WWW-Authenticate").orElse("")
            + answer.header("Content-Length").orElse("").isEmpty())
        .replace(name, "<name>");
  }

  @Test
  void outsiderMountsNothingAndLearnsNothing() {
    NewProject own = registry.newPrivateProject();
    Account outsider = registry.newMember(own, Role.DEVELOPER);
    RepositoryClient target = registry.as(outsider).repository(own.name() + "/app");
    Digest unknown = Digest.of(Blobs.random(10));
    for (String from :
        List.of(
            "",
            "&from=" + secret.name(),
            "&from=" + project.name() + "/unused",
            "&from=no/where")) {
      for (Digest digest : List.of(blob, unknown)) {
        Answer answer = target.beginUpload("?mount=" + digest + from).expect(202);
        assertThat(answer.header("Docker-Content-Digest")).isEmpty();
        assertThat(answer.bytes()).isEmpty();
        target.cancel(answer.location()).expect(204);
      }
    }
    target.headBlob(blob).expect(404);
  }

  @Test
  void scopeInTheTokenDoesNotReplaceTheRightToMount() {
    NewProject own = registry.newPrivateProject();
    Account leaving = registry.newMember(own, Role.DEVELOPER);
    registry.assign(project, leaving, Role.GUEST);
    String token =
        registry
            .as(leaving)
            .token(
                "repository:" + own.name() + "/app:pull,push",
                "repository:" + secret.name() + ":pull");
    registry.expel(project, leaving);
    RepositoryClient target = registry.anonymous().bearer(token).repository(own.name() + "/app");
    target.beginUpload("?mount=" + blob + "&from=" + secret.name()).expect(202);
    target.headBlob(blob).expect(404);
  }

  @Test
  void deletedBlobDoesNotComeBackThroughTheRepositoryOfSomebodyElse() {
    NewProject own = registry.newPrivateProject();
    RepositoryClient other =
        registry.as(registry.newMember(own, Role.PROJECT_ADMIN)).repository(own.name() + "/app");
    other.pushBlob(content);
    other.getBlob(blob).expect(200);
    secret.getBlob(blob).expect(200);
    secret.deleteBlob(blob).expect(202);
    other.getBlob(blob).expect(200);
    secret.getBlob(blob).expectError(404, "BLOB_UNKNOWN");
    secret.headBlob(blob).expect(404);
  }

  @Test
  void uploadIsItsCallersAndItsRepositorysAlone() {
    Account first = registry.newMember(project, Role.DEVELOPER);
    Account second = registry.newMember(project, Role.DEVELOPER);
    RepositoryClient own = registry.as(first).repository(project.name() + "/app");
    URI upload = own.openUpload();
    own.stream(upload, content).expect(202);

    String id = upload.getPath().substring(upload.getPath().lastIndexOf('/') + 1);
    for (RepositoryClient stranger :
        List.of(
            registry.as(second).repository(project.name() + "/app"),
            registry.as(first).repository(project.name() + "/other"),
            registry.as(registry.administrator()).repository(project.name() + "/app"))) {
      URI theirs = URI.create(registry.url() + "/v2/" + stranger.name() + "/blobs/uploads/" + id);
      URI unknown =
          URI.create(
              registry.url() + "/v2/" + stranger.name() + "/blobs/uploads/" + UUID.randomUUID());
      stranger.status(theirs).expectError(404, "BLOB_UPLOAD_UNKNOWN");
      stranger.stream(theirs, content).expectError(404, "BLOB_UPLOAD_UNKNOWN");
      stranger.finish(theirs, blob, new byte[0]).expectError(404, "BLOB_UPLOAD_UNKNOWN");
      stranger.cancel(theirs).expectError(404, "BLOB_UPLOAD_UNKNOWN");
      stranger.status(unknown).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }
    own.status(upload).expect(204).expectHeader("Range", "0-999");
  }

  @Test
  void catalogIsForAdministratorsAlone() {
    registry.anonymous().get("/v2/_catalog").expectError(401, "UNAUTHORIZED");
    Answer denied = registry.as(registry.newUser()).get("/v2/_catalog").expectError(403, "DENIED");
    assertThat(denied.text()).doesNotContain(project.name());
  }
}
