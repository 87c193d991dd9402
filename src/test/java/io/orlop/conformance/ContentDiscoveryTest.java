package io.orlop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requirements: Content Discovery, of tags and repositories. Referrers have a class of their own.
 */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ContentDiscoveryTest {
  @Inject TestRegistry registry;

  private static void tag(RepositoryClient repository, Stream<String> tags) {
    ManifestBuilder image = repository.newImage();
    String query = tags.map(tag -> "tag=" + tag).collect(Collectors.joining("&"));
    repository.putManifest(image.digest() + "?" + query, image).expect(201);
  }

  /** Follows {@code Link} to the end. */
  private static List<String> allPages(RegistryClient client, Answer first, String member) {
    List<String> names = new ArrayList<>(first.texts(member));
    for (Optional<URI> next = first.next(); next.isPresent(); ) {
      Answer page = client.request("GET", next.get()).send().expect(200);
      assertThat(page.texts(member)).isNotEmpty();
      names.addAll(page.texts(member));
      next = page.next();
    }
    return names;
  }

  @Nested
  class ListingTags {
    private RepositoryClient repository;

    @BeforeEach
    void pushTags() {
      repository = registry.newRepository();
      tag(repository, Stream.of("b", "a", "B", "_", "1.10", "1.9", "A-1", "a.b"));
    }

    @Test
    void listsTagsInByteOrder() {
      Answer answer =
          repository.tags("").expect(200).expectHeader("Content-Type", "application/json");
      assertThat(answer.json().path("name").asText()).isEqualTo(repository.name());
      assertThat(answer.texts("tags"))
          .containsExactly("1.10", "1.9", "A-1", "B", "_", "a", "a.b", "b");
      assertThat(answer.header("Link")).isEmpty();
    }

    @Test
    void listsNoTagOfRepositoryThatHasNone() {
      RepositoryClient untagged = registry.newRepository();
      ManifestBuilder image = untagged.newImage();
      untagged.putManifest(image.digest(), image).expect(201);
      Answer answer = untagged.tags("").expect(200);
      assertThat(answer.json().path("tags").isArray()).isTrue();
      assertThat(answer.texts("tags")).isEmpty();
    }

    @Test
    void knowsNoRepositoryThatNobodyPushedTo() {
      registry.newRepository().tags("").expectError(404, "NAME_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9})
    void givesPagesOfTheSizeThatIsAskedFor(int n) {
      Answer first = repository.tags("?n=" + n).expect(200);
      assertThat(first.texts("tags")).hasSize(Math.min(n, 8));
      assertThat(first.header("Link").isPresent()).isEqualTo(n < 8);
      assertThat(allPages(repository.registry(), first, "tags"))
          .containsExactly("1.10", "1.9", "A-1", "B", "_", "a", "a.b", "b");
    }

    @Test
    void givesNothingAndNoLinkWhenNothingIsAskedFor() {
      Answer answer = repository.tags("?n=0").expect(200);
      assertThat(answer.texts("tags")).isEmpty();
      assertThat(answer.header("Link")).isEmpty();
    }

    @Test
    void goesOnAfterTheLastTagWhetherItIsThereOrNot() {
      assertThat(repository.tags("?last=B").expect(200).texts("tags"))
          .containsExactly("_", "a", "a.b", "b");
      assertThat(repository.tags("?last=C&n=2").expect(200).texts("tags"))
          .containsExactly("_", "a");
      assertThat(repository.tags("?n=2&last=zzz").expect(200).texts("tags")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "10000", "2147483648", "99999999999999999999999999"})
    void clampsHugePages(String n) {
      assertThat(repository.tags("?n=" + n).expect(200).texts("tags")).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "1.5", "0x10", "%D9%A3"})
    void refusesPageSizeThatIsNoNumber(String n) {
      repository.tags("?n=" + n).expectError(400, "UNSUPPORTED");
    }

    @Test
    void givesAThousandTagsAndALinkWhenNoSizeIsAskedFor() {
      RepositoryClient large = registry.newRepository();
      for (int hundred = 0; hundred < 11; hundred++) {
        tag(
            large,
            IntStream.range(hundred * 100, hundred * 100 + 100).mapToObj("t%04d"::formatted));
      }
      Answer first = large.tags("").expect(200);
      assertThat(first.texts("tags")).hasSize(1000).startsWith("t0000").endsWith("t0999");
      Answer second =
          large.registry().request("GET", first.next().orElseThrow()).send().expect(200);
      assertThat(second.texts("tags")).hasSize(100).startsWith("t1000");
      assertThat(second.header("Link")).isEmpty();
    }
  }

  @Nested
  class ListingRepositories {
    private RegistryClient administrator;

    @BeforeEach
    void signIn() {
      administrator = registry.as(registry.administrator());
    }

    @Test
    void listsRepositoriesOfAllProjectsInByteOrderPageByPage() {
      RepositoryClient one = registry.newRepository();
      RepositoryClient other = registry.newRepository();
      one.pushImage("v1");
      other.pushImage("v1");

      Answer first = administrator.get("/v2/_catalog?n=1").expect(200);
      assertThat(first.texts("repositories")).hasSize(1);
      List<String> all = allPages(administrator, first, "repositories");
      assertThat(all).contains(one.name(), other.name()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void listsNoRepositoryWithoutAManifest() {
      RepositoryClient empty = registry.newRepository();
      empty.pushBlob(Blobs.random(10));
      Answer first = administrator.get("/v2/_catalog").expect(200);
      assertThat(allPages(administrator, first, "repositories")).doesNotContain(empty.name());
    }

    @Test
    void givesNothingAndNoLinkWhenNothingIsAskedFor() {
      Answer answer = administrator.get("/v2/_catalog?n=0").expect(200);
      assertThat(answer.texts("repositories")).isEmpty();
      assertThat(answer.header("Link")).isEmpty();
    }

    @Test
    void goesOnAfterTheLastName() {
      RepositoryClient one = registry.newRepository();
      one.pushImage("v1");
      assertThat(
              administrator
                  .get("/v2/_catalog?last=" + one.name())
                  .expect(200)
                  .texts("repositories"))
          .doesNotContain(one.name());
    }
  }
}
