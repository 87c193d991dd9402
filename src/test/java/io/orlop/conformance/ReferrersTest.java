package io.orlop.conformance;

import static io.orlop.testsupport.ManifestBuilder.OCI_INDEX;
import static io.orlop.testsupport.ManifestBuilder.OCI_MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.oci.TagName;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements: Content Discovery, of referrers. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ReferrersTest {
  private static final String SBOM = "application/vnd.example.sbom.v1";
  private static final String SIGNATURE = "application/vnd.example.signature+json";

  @Inject TestRegistry registry;
  private RepositoryClient repository;
  private ManifestBuilder subject;

  @BeforeEach
  void pushSubject() {
    repository = registry.newRepository();
    subject = repository.newImage();
    repository.pushManifest("v1", subject);
  }

  private ManifestBuilder push(ManifestBuilder referrer) {
    repository.putManifest(referrer.digest(), referrer).expect(201);
    return referrer;
  }

  private List<String> digests(Answer answer) {
    List<String> digests = new ArrayList<>();
    answer
        .expect(200)
        .json()
        .path("manifests")
        .forEach(descriptor -> digests.add(descriptor.path("digest").asText()));
    return digests;
  }

  private JsonNode descriptorOf(ManifestBuilder referrer) {
    for (JsonNode descriptor :
        repository.referrers(subject.digest(), "").json().path("manifests")) {
      if (descriptor.path("digest").asText().equals(referrer.digest().toString())) {
        return descriptor;
      }
    }
    throw new AssertionError("Not listed: " + referrer.digest());
  }

  @Nested
  class ListingReferrers {

    @Test
    void answersWithAnImageIndex() {
      Answer answer =
          repository
              .referrers(subject.digest(), "")
              .expect(200)
              .expectHeader("Content-Type", OCI_INDEX);
      assertThat(answer.json().path("schemaVersion").asInt()).isEqualTo(2);
      assertThat(answer.json().path("mediaType").asText()).isEqualTo(OCI_INDEX);
      assertThat(answer.json().path("manifests").isArray()).isTrue();
      assertThat(digests(answer)).isEmpty();
    }

    @Test
    void describesImageByItsArtifactType() {
      ManifestBuilder sbom =
          push(repository.newImage().subject(subject).artifactType(SBOM).annotation("a", "ä\"1"));
      JsonNode descriptor = descriptorOf(sbom);
      assertThat(descriptor.path("mediaType").asText()).isEqualTo(OCI_MANIFEST);
      assertThat(descriptor.path("size").asInt()).isEqualTo(sbom.bytes().length);
      assertThat(descriptor.path("artifactType").asText()).isEqualTo(SBOM);
      assertThat(descriptor.path("annotations").path("a").asText()).isEqualTo("ä\"1");
    }

    @Test
    void describesImageWithoutArtifactTypeByItsConfig() {
      byte[] config = Blobs.config();
      repository.pushBlob(config);
      ManifestBuilder image =
          push(ManifestBuilder.image().config(SIGNATURE, config).subject(subject).artifactType(""));
      assertThat(descriptorOf(image).path("artifactType").asText()).isEqualTo(SIGNATURE);
    }

    @Test
    void leavesOutTheArtifactTypeThatAnIndexDoesNotHave() {
      ManifestBuilder index = push(ManifestBuilder.index().subject(subject).annotation("k", "v"));
      JsonNode descriptor = descriptorOf(index);
      assertThat(descriptor.path("mediaType").asText()).isEqualTo(OCI_INDEX);
      assertThat(descriptor.has("artifactType")).isFalse();
      assertThat(descriptor.path("annotations").path("k").asText()).isEqualTo("v");
    }

    @Test
    void listsReferrersOfDigestOfAnotherAlgorithm() {
      Digest sha512 = Digest.of(DigestAlgorithm.SHA512, subject.bytes());
      ManifestBuilder referrer =
          push(repository.newImage().subject(OCI_MANIFEST, sha512, subject.bytes().length));
      assertThat(digests(repository.referrers(sha512, "")))
          .containsExactly(referrer.digest().toString());
    }

    @Test
    void listsNoReferrerOfAnotherRepository() {
      RepositoryClient other = registry.newRepository();
      ManifestBuilder elsewhere = other.newImage().subject(subject);
      other.putManifest(elsewhere.digest(), elsewhere).expect(201);
      assertThat(digests(repository.referrers(subject.digest(), ""))).isEmpty();
    }

    @Test
    void answersForManifestsAndRepositoriesThatAreNotThere() {
      Digest unknown = Digest.of(Blobs.random(10));
      assertThat(digests(repository.referrers(unknown, ""))).isEmpty();
      assertThat(digests(registry.newRepository().referrers(unknown, ""))).isEmpty();
    }

    @Test
    void forgetsReferrerThatWasDeleted() {
      ManifestBuilder referrer = push(repository.newImage().subject(subject));
      repository.deleteManifest(referrer.digest()).expect(202);
      assertThat(digests(repository.referrers(subject.digest(), ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"latest", "sha256:abc", "sha256", "md5:d41d8cd98f00b204e9800998ecf8427e"})
    void refusesMalformedDigest(String digest) {
      repository.referrers(digest, "").expectError(400, "DIGEST_INVALID");
    }
  }

  @Nested
  class Filtering {

    @Test
    void filtersByArtifactTypeAndSaysSo() {
      ManifestBuilder sbom = push(repository.newImage().subject(subject).artifactType(SBOM));
      push(repository.newImage().subject(subject).artifactType(SIGNATURE));
      Answer answer = repository.referrers(subject.digest(), "?artifactType=" + SBOM);
      assertThat(digests(answer)).containsExactly(sbom.digest().toString());
      answer.expectHeader("OCI-Filters-Applied", "artifactType");
    }

    @Test
    void understandsTypesWithAnEscapedPlus() {
      ManifestBuilder signature =
          push(repository.newImage().subject(subject).artifactType(SIGNATURE));
      Answer answer =
          repository.referrers(subject.digest(), "?artifactType=" + SIGNATURE.replace("+", "%2B"));
      assertThat(digests(answer)).containsExactly(signature.digest().toString());
    }

    @Test
    void saysNothingOfFiltersThatNobodyAskedFor() {
      assertThat(
              repository.referrers(subject.digest(), "").expect(200).header("OCI-Filters-Applied"))
          .isEmpty();
    }
  }

  @Nested
  class Paging {

    @Test
    void givesPagesOfTheSizeThatIsAskedForAndKeepsTheFilter() {
      List<String> sboms = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        sboms.add(
            push(repository.newImage().subject(subject).artifactType(SIGNATURE))
                .digest()
                .toString());
        push(repository.newImage().subject(subject).artifactType(SBOM));
      }
      String filter = "?artifactType=" + SIGNATURE.replace("+", "%2B");
      assertThat(allPages(repository.referrers(subject.digest(), filter + "&n=2"), 2))
          .containsExactlyInAnyOrderElementsOf(sboms);
    }

    @Test
    void keepsEachPageBelowTheSizeOfAManifest() {
      List<String> pushed = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ManifestBuilder large =
            repository.newImage().subject(subject).annotation("note", "n".repeat(900_000));
        pushed.add(push(large).digest().toString());
      }
      Answer first = repository.referrers(subject.digest(), "");
      assertThat(first.next()).isPresent();
      assertThat(allPages(first, 4)).containsExactlyInAnyOrderElementsOf(pushed);
    }

    private List<String> allPages(Answer first, int most) {
      List<String> all = new ArrayList<>();
      Answer page = first;
      while (true) {
        assertThat(page.bytes()).hasSizeLessThan(4 * 1024 * 1024);
        assertThat(digests(page)).isNotEmpty().hasSizeLessThanOrEqualTo(most);
        all.addAll(digests(page));
        Optional<URI> next = page.next();
        if (next.isEmpty()) {
          return all;
        }
        page = repository.registry().request("GET", next.get()).send();
      }
    }
  }

  /** Backwards Compatibility: Referrers Tag Schema, and Enabling the Referrers API. */
  @Nested
  class FallbackTag {

    @Test
    void includesWhatAnOldClientListedUnderTheFallbackTag() {
      ManifestBuilder old = push(repository.newImage().artifactType(SBOM));
      ManifestBuilder current = push(repository.newImage().subject(subject).artifactType(SBOM));
      String tag = TagName.fallbackFor(subject.digest()).value();
      assertThat(tag).isEqualTo(subject.digest().toString().replace(':', '-'));
      repository.pushManifest(tag, ManifestBuilder.index().child(old).child(current));

      assertThat(digests(repository.referrers(subject.digest(), "")))
          .containsExactlyInAnyOrder(old.digest().toString(), current.digest().toString());
    }

    @Test
    void leavesOutWhatTheFallbackTagListsAndNobodyPushed() {
      ManifestBuilder missing = ManifestBuilder.image().config(Blobs.config());
      String tag = TagName.fallbackFor(subject.digest()).value();
      repository.pushManifest(tag, ManifestBuilder.index().child(missing));
      assertThat(digests(repository.referrers(subject.digest(), ""))).isEmpty();
    }

    @Test
    void leavesTheTagToItsClients() {
      ManifestBuilder list = ManifestBuilder.index().annotation("mine", "yes");
      String tag = TagName.fallbackFor(subject.digest()).value();
      repository.pushManifest(tag, list);
      push(repository.newImage().subject(subject));
      assertThat(repository.getManifest(tag).expect(200).bytes()).isEqualTo(list.bytes());
      repository.deleteManifest(tag).expect(202);
    }
  }
}
