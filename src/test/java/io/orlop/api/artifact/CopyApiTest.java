package io.orlop.api.artifact;

import static io.orlop.testsupport.ApiClient.expectError;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.Role;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.ApiClient;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class CopyApiTest {
  @Inject TestRegistry registry;
  private RepositoryClient source;
  private TestRegistry.NewProject target;
  private String artifacts;
  private ApiClient api;

  @BeforeEach
  void makeRepositories() {
    source = registry.newRepository();
    target = registry.newPrivateProject();
    registry.assign(target, registry.maintainer(), Role.DEVELOPER);
    artifacts = "/projects/" + target.name() + "/repositories/copy/artifacts";
    api = ApiClient.of(registry.as(registry.maintainer()));
  }

  @Test
  void copiesAnIndexWithTagsChildrenAndAccessories() {
    ManifestBuilder child = source.newImage();
    source.putManifest(child.digest(), child).expect(201);
    ManifestBuilder index = ManifestBuilder.index().child(child);
    source.pushManifest("v1", index);
    source.pushManifest("latest", index);
    byte[] config = Blobs.config();
    source.pushBlob(config);
    ManifestBuilder sbom =
        ManifestBuilder.image()
            .config("application/vnd.goharbor.harbor.sbom.v1", config)
            .subject(index);
    source.putManifest(sbom.digest(), sbom).expect(201);

    String from = "?from=" + source.name() + "@" + index.digest();
    String location =
        api.post(artifacts + from, "null").expect(201).header("Location").orElseThrow();

    assertThat(location).isEqualTo("/api/v2.0" + artifacts + "/" + index.digest());
    assertThat(api.texts(artifacts, "digest")).containsExactly(index.digest().toString());
    assertThat(api.texts(artifacts + "/v1/tags", "name")).containsExactlyInAnyOrder("v1", "latest");
    assertThat(api.texts(artifacts + "/v1/accessories", "type")).containsExactly("sbom.harbor");
    RepositoryClient copy = registry.as(registry.maintainer()).repository(target.name() + "/copy");
    assertThat(copy.getManifest(child.digest()).expect(200).bytes()).isEqualTo(child.bytes());
    copy.headBlob(io.orlop.oci.Digest.of(config)).expect(200);
    api.post(artifacts + from, "null").expect(201);
  }

  @Test
  void refusesWhatCannotBeCopied() {
    source.pushImage("v1");

    api.post(artifacts, "null").expect(422);
    api.post(artifacts + "?from=nonsense", "null").expect(400);
    api.post(artifacts + "?from=a/B:v1", "null").expect(400);
    expectError(
        api.post(artifacts + "?from=" + source.name() + ":none", "null"),
        404,
        "artifact " + source.name() + ":none not found");
    Account stranger = registry.newMember(target, Role.DEVELOPER);
    ApiClient.of(registry.as(stranger))
        .post(artifacts + "?from=" + source.name() + ":v1", "null")
        .expect(403);
    assertThat(api.texts(artifacts, "digest")).isEmpty();
  }
}
