package io.orlop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements: Push: Mounting a blob from another repository. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class MountBlobsTest {
  @Inject TestRegistry registry;
  private RepositoryClient repository;
  private byte[] content;
  private Digest digest;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
    content = Blobs.random(1000);
    digest = Digest.of(content);
  }

  private void expectStored(Answer created) {
    created.expect(201).expectHeader("Docker-Content-Digest", digest);
    Answer pulled = repository.registry().request("GET", created.location()).send().expect(200);
    assertThat(pulled.bytes()).isEqualTo(content);
  }

  private RepositoryClient source;

  @BeforeEach
  void pushToAnotherRepository() {
    source = registry.newRepository();
    source.pushBlob(content);
  }

  @Test
  void mountsFromTheRepositoryThatIsNamed() {
    expectStored(repository.beginUpload("?mount=" + digest + "&from=" + source.name()));
  }

  @Test
  void mountsFromAnyRepositoryThatTheCallerMayPullFrom() {
    expectStored(repository.beginUpload("?mount=" + digest));
  }

  @Test
  void mountsWhatIsThereAlready() {
    repository.pushBlob(content);
    expectStored(repository.beginUpload("?mount=" + digest + "&from=" + source.name()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"&from=no/such/repository", "&from=Not%20A%20Name", "&from=library"})
  void beginsAnUploadIfTheSourceHasNoSuchBlob(String from) {
    URI upload = repository.beginUpload("?mount=" + digest + from).expect(202).location();
    expectStored(repository.finish(upload, digest, content));
  }

  @Test
  void beginsAnUploadIfNobodyHasTheBlob() {
    Digest unknown = Digest.of(Blobs.random(10));
    repository.beginUpload("?mount=" + unknown + "&from=" + source.name()).expect(202);
    repository.beginUpload("?mount=" + unknown).expect(202);
  }

  @Test
  void refusesMalformedDigest() {
    repository
        .beginUpload("?mount=sha256:abc&from=" + source.name())
        .expectError(400, "DIGEST_INVALID");
  }
}
