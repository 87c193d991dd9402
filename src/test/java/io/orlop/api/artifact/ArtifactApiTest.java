package io.orlop.api.artifact;

import static io.orlop.testsupport.ApiClient.expectError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.access.Role;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.ApiClient;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ArtifactApiTest extends OwnRepository {
  private static final String COSIGN = "application/vnd.dev.cosign.artifact.sig.v1+json";

  ArtifactApiTest() {
    super("deep/app");
  }

  @Test
  void tellsWhatAnImageIs() {
    byte[] config =
        """
        {"created":"2026-01-02T03:04:05Z","architecture":"arm64","os":"linux",
         "config":{"Labels":{"maintainer":"me"}},"history":[{"created_by":"make"}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    byte[] layer = Blobs.random(100);
    repository.pushBlob(config);
    repository.pushBlob(layer);
    ManifestBuilder image =
        ManifestBuilder.image().config(config).layer(layer).annotation("colour", "red");
    Digest digest = repository.pushManifest("v1", image);

    JsonNode found = api.get(artifacts + "/v1").expect(200).json();

    assertThat(found.path("digest").asText()).isEqualTo(digest.toString());
    assertThat(found.path("type").asText()).isEqualTo("IMAGE");
    assertThat(found.path("media_type").asText()).isEqualTo(ManifestBuilder.OCI_CONFIG);
    assertThat(found.path("manifest_media_type").asText()).isEqualTo(ManifestBuilder.OCI_MANIFEST);
    assertThat(found.path("artifact_type").asText()).isEqualTo(ManifestBuilder.OCI_CONFIG);
    assertThat(found.path("project_id").asLong()).isEqualTo(project.id());
    assertThat(found.path("repository_name").asText()).isEqualTo(repository.name());
    assertThat(found.path("size").asLong())
        .isEqualTo(image.bytes().length + config.length + layer.length);
    assertThat(found.path("icon").asText()).startsWith("sha256:0048162a");
    assertThat(found.path("pull_time").asText()).isEqualTo("0001-01-01T00:00:00.000Z");
    assertThat(found.path("extra_attrs").path("architecture").asText()).isEqualTo("arm64");
    assertThat(found.path("extra_attrs").path("author").asText()).isEqualTo("me");
    assertThat(found.path("extra_attrs").has("history")).isFalse();
    assertThat(found.path("annotations").path("colour").asText()).isEqualTo("red");
    assertThat(found.path("references").isArray()).isTrue();
    assertThat(found.path("labels").isArray()).isTrue();
    assertThat(found.path("accessories").isArray()).isTrue();
    JsonNode tag = found.path("tags").path(0);
    assertThat(tag.path("name").asText()).isEqualTo("v1");
    assertThat(tag.path("artifact_id").asLong()).isEqualTo(found.path("id").asLong());
    assertThat(tag.path("immutable").isBoolean()).isTrue();
    JsonNode link = found.path("addition_links").path("build_history");
    assertThat(link.path("href").asText())
        .isEqualTo("/api/v2.0" + artifacts + "/" + digest + "/additions/build_history");
    assertThat(link.path("absolute").asBoolean(true)).isFalse();
    assertThat(api.get(artifacts + "/" + digest + "/additions/build_history").json())
        .hasToString("[{\"created_by\":\"make\"}]");
  }

  @Test
  void takesEitherEscapeOfASlash() {
    Digest digest = repository.pushImage("v1");
    String once = "/projects/" + project.name() + "/repositories/deep%2Fapp/artifacts";

    assertThat(api.texts(once, "digest")).containsExactly(digest.toString());
    assertThat(api.texts(artifacts, "digest")).containsExactly(digest.toString());
  }

  @Test
  void survivesAConfigThatIsNoJson() {
    byte[] config = "no { json".getBytes(StandardCharsets.UTF_8);
    repository.pushBlob(config);
    repository.pushManifest("odd", ManifestBuilder.image().config(config));

    JsonNode found = api.get(artifacts + "/odd").expect(200).json();

    assertThat(found.path("type").asText()).isEqualTo("IMAGE");
    assertThat(found.has("extra_attrs")).isFalse();
  }

  @Test
  void findsNothingWhereNothingIs() {
    Digest nowhere = Digest.of(Blobs.random(8));

    assertThat(api.texts(artifacts, "digest")).isEmpty();
    assertThat(api.get(artifacts).expect(200).header("X-Total-Count")).hasValue("0");
    expectError(
        api.get(artifacts + "/none"), 404, "artifact " + repository.name() + ":none not found");
    expectError(
        api.get(artifacts + "/" + nowhere),
        404,
        "artifact " + repository.name() + "@" + nowhere + " not found");
    api.get(artifacts + "/sha256:zz").expect(404);
    api.get("/projects/" + project.name() + "/repositories/NO%2525x/artifacts").expect(200);
  }

  @Test
  void hidesChildrenAndAccessories() {
    ManifestBuilder child = repository.newImage();
    repository.putManifest(child.digest(), child).expect(201);
    ManifestBuilder index = ManifestBuilder.index().child(child);
    repository.pushManifest("multi", index);
    ManifestBuilder signature = signature(index);
    repository.putManifest(signature.digest(), signature).expect(201);

    assertThat(digests("")).containsExactly(index.digest().toString());
    assertThat(digests("?q=base=*"))
        .containsExactlyInAnyOrder(index.digest().toString(), child.digest().toString());
    assertThat(total("")).isEqualTo(1);
    JsonNode found = api.get(artifacts + "/multi?with_accessory=true").json();
    assertThat(found.path("size").asLong())
        .isEqualTo(
            index.bytes().length
                + api.get(artifacts + "/" + child.digest()).json().path("size").asLong());
    JsonNode reference = found.path("references").path(0);
    assertThat(reference.path("child_digest").asText()).isEqualTo(child.digest().toString());
    assertThat(reference.path("parent_id").asLong()).isEqualTo(found.path("id").asLong());
    assertThat(reference.path("child_id").asLong()).isPositive();
    JsonNode accessory = found.path("accessories").path(0);
    assertThat(accessory.path("type").asText()).isEqualTo("signature.cosign");
    assertThat(accessory.path("subject_artifact_digest").asText())
        .isEqualTo(index.digest().toString());
    assertThat(api.texts(artifacts + "/multi/accessories", "digest"))
        .containsExactly(signature.digest().toString());
  }

  @Test
  void knowsASignatureByItsTag() {
    ManifestBuilder image = repository.newImage();
    repository.pushManifest("v1", image);
    byte[] payload = Blobs.random(50);
    repository.pushBlob(payload);
    byte[] config = Blobs.config();
    repository.pushBlob(config);
    ManifestBuilder signature =
        ManifestBuilder.image()
            .config(config)
            .layer("application/vnd.dev.cosign.simplesigning.v1+json", payload);
    repository.pushManifest("sha256-" + image.digest().hex() + ".sig", signature);

    assertThat(digests("")).containsExactly(image.digest().toString());
    assertThat(api.texts(artifacts + "/v1/accessories", "type"))
        .containsExactly("signature.cosign");
  }

  @Test
  void listsAChildThatGetsATagOrLosesItsIndex() {
    ManifestBuilder child = repository.newImage();
    repository.putManifest(child.digest(), child).expect(201);
    ManifestBuilder index = ManifestBuilder.index().child(child);
    repository.pushManifest("multi", index);
    api.post(artifacts + "/" + child.digest() + "/tags", "{\"name\":\"amd64\"}").expect(201);

    assertThat(total("")).isEqualTo(2);
    api.delete(artifacts + "/amd64/tags/amd64").expect(200);
    assertThat(total("")).isEqualTo(1);
    repository.pushManifest("amd64", child);
    assertThat(total("")).isEqualTo(2);
    repository.pushManifest("amd64", index);
    assertThat(total("")).isEqualTo(1);
    repository.deleteManifest(index.digest()).expect(202);
    assertThat(digests("")).containsExactly(child.digest().toString());
    assertThat(total("")).isEqualTo(1);
  }

  @Test
  void deletesAnArtifactWithAllThatBelongsToIt() {
    ManifestBuilder child = repository.newImage();
    repository.putManifest(child.digest(), child).expect(201);
    ManifestBuilder tagged = repository.newImage();
    repository.pushManifest("kept", tagged);
    ManifestBuilder index = ManifestBuilder.index().child(child).child(tagged);
    repository.pushManifest("multi", index);
    ManifestBuilder signature = signature(index);
    repository.putManifest(signature.digest(), signature).expect(201);

    Answer refused = api.delete(artifacts + "/" + child.digest());
    expectError(refused, 412, "the deleting artifact is referenced by others");
    assertThat(refused.json().path("errors").path(0).path("code").asText())
        .isEqualTo("VIOLATE_FOREIGN_KEY_CONSTRAINT");
    Answer deleted = api.delete(artifacts + "/multi").expect(200);

    assertThat(deleted.bytes()).isEmpty();
    assertThat(deleted.header("Content-Type")).isEmpty();
    assertThat(digests("?q=base=*")).containsExactly(tagged.digest().toString());
    repository.getManifest(signature.digest()).expect(404);
    repository.getManifest(child.digest()).expect(404);
    assertThat(total("")).isEqualTo(1);
    api.delete(artifacts + "/multi").expect(404);
  }

  @Test
  void makesAndRemovesTags() {
    Digest digest = repository.pushImage("v1");
    Answer made = api.post(artifacts + "/v1/tags", "{\"name\":\"v2\"}").expect(201);

    assertThat(made.header("Location")).isEmpty();
    assertThat(api.texts(artifacts + "/" + digest + "/tags", "name")).containsExactly("v2", "v1");
    assertThat(api.texts(artifacts + "/v1/tags?q=name=~2", "name")).containsExactly("v2");
    assertThat(api.texts(artifacts + "/v1/tags?sort=name", "name")).containsExactly("v1", "v2");
    api.post(artifacts + "/v1/tags", "{\"name\":\"v2\"}").expect(409);
    api.post(artifacts + "/v1/tags", "{\"name\":\"no good\"}").expect(400);
    api.post(artifacts + "/v1/tags", "{}").expect(422);
    api.post(artifacts + "/v3/tags", "{\"name\":\"v4\"}").expect(404);
    api.delete(artifacts + "/v1/tags/v2").expect(200);
    api.delete(artifacts + "/v1/tags/v2").expect(404);
    assertThat(api.texts(artifacts + "/v1/tags", "name")).containsExactly("v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"license", "values.yaml", "readme.md", "dependencies", "sbom", "files"})
  void refusesAdditionsOfOtherTypes(String addition) {
    repository.pushImage("v1");

    api.get(artifacts + "/v1/additions/" + addition).expect(400);
    api.get(artifacts + "/v1/additions/unheard-of").expect(422);
    assertThat(api.get(artifacts + "/v1/additions/vulnerabilities").expect(200).text())
        .isEqualTo("{}");
  }

  @Test
  void refusesWhoMayNot() {
    repository.pushImage("v1");
    ApiClient guest = ApiClient.of(registry.as(registry.newMember(project, Role.GUEST)));
    ApiClient stranger = ApiClient.of(registry.as(registry.newUser()));
    ApiClient nobody = ApiClient.of(registry.anonymous());

    guest.get(artifacts).expect(200);
    guest.delete(artifacts + "/v1").expect(403);
    guest.post(artifacts + "/v1/tags", "{\"name\":\"x\"}").expect(403);
    guest.post(artifacts + "/v1/labels", "{\"id\":1}").expect(403);
    guest.delete(artifacts + "/nothing").expect(403);
    stranger.get(artifacts).expect(403);
    nobody.get(artifacts).expect(401);
    nobody.get("/projects/" + registry.newPublicProject().name() + "/artifacts").expect(401);
    assertThat(digests("")).hasSize(1);
  }

  @Test
  void listsTheArtifactsOfAProject() {
    Digest first = repository.pushImage("v1");
    Digest second = repository.pushImage("v2");
    RepositoryClient other =
        registry.as(registry.maintainer()).repository(project.name() + "/other");
    Digest third = other.pushImage("v1");
    String all = "/projects/" + project.id() + "/artifacts";

    assertThat(api.texts(all, "digest"))
        .containsExactly(third.toString(), second.toString(), first.toString());
    assertThat(api.texts(all + "?latest_in_repository=true&q=type=IMAGE", "digest"))
        .containsExactly(third.toString(), second.toString());
    assertThat(api.texts(all + "?q=repository_name=" + other.name(), "digest"))
        .containsExactly(third.toString());
  }

  private ManifestBuilder signature(ManifestBuilder subject) {
    byte[] config = Blobs.config();
    repository.pushBlob(config);
    return ManifestBuilder.image().config(COSIGN, config).subject(subject);
  }

  private List<String> digests(String query) {
    return api.texts(artifacts + query, "digest");
  }

  private long total(String query) {
    return Long.parseLong(
        api.get(artifacts + query).expect(200).header("X-Total-Count").orElseThrow());
  }
}
