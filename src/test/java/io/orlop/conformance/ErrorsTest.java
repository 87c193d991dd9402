package io.orlop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Answer;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * API: Error Codes. That every error has the specification's body, other tests assert in passing.
 */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ErrorsTest {
  @Inject TestRegistry registry;
  private RepositoryClient repository;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
  }

  @Nested
  class UnknownEndpoints {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/v2/nothing",
          "/v2/a/b/c/d",
          "/v2/a/b/tags",
          "/v2/a/b/tags/list/more",
          "/v2/a/b/manifests",
          "/v2/a/b/manifests/",
          "/v2/a/b/blobs/",
          "/v2/a/b/referrers",
          "/v2/_catalog/more",
        })
    void areNotFound(String path) {
      registry.as(registry.administrator()).get(path).expectError(404, "NAME_UNKNOWN");
      registry.anonymous().get(path).expectError(404, "NAME_UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource({
      "POST, /manifests/v1",
      "PATCH, /manifests/v1",
      "PUT, /blobs/sha256:0000000000000000000000000000000000000000000000000000000000000000",
      "DELETE, /tags/list",
      "POST, /tags/list",
      "PUT, /referrers/sha256:0000000000000000000000000000000000000000000000000000000000000000",
      "PUT, /blobs/uploads/",
      "POST, /blobs/uploads/5c5e9b4c-9e7d-4f0e-8b43-3b1f0d3f1c11",
    })
    void doNotTakeEveryMethod(String method, String path) {
      Answer answer = repository.request(method, path).send().expectError(405, "UNSUPPORTED");
      assertThat(answer.header("Allow").orElseThrow().split(", ", -1)).doesNotContain(method);
    }

    @Test
    void doNotTakePostAtTheBase() {
      repository.registry().request("POST", "/v2/").send().expectError(405, "UNSUPPORTED");
    }
  }

  @Nested
  class Names {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "library",
          "Library/app",
          "library/App",
          "library/-app",
          "library/app-",
          "library/a..b",
          "library/a___b",
          "library/a._b",
          "library/a%20b",
          "library/%C3%A4",
          "library/a@b",
          "library/a:b",
          "_library/app",
        })
    void haveToFollowTheGrammar(String name) {
      RepositoryClient wrong = repository.registry().repository(name);
      wrong.getManifest("v1").expectError(400, "NAME_INVALID");
      wrong.tags("").expectError(400, "NAME_INVALID");
      wrong.beginUpload("").expectError(400, "NAME_INVALID");
    }

    @Test
    void haveAtMost255Characters() {
      RepositoryClient admin =
          registry.as(registry.administrator()).repository("library/" + "a".repeat(248));
      admin.getManifest("v1").expectError(400, "NAME_INVALID");
      registry
          .as(registry.administrator())
          .repository("library/" + "a".repeat(247))
          .getManifest("v1")
          .expectError(404, "NAME_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b/c/d/e/f", "a.b", "a__b", "a---b", "0", "a_b/c-d"})
    void mayBeDeepAndSeparated(String path) {
      String project = repository.name().substring(0, repository.name().indexOf('/'));
      RepositoryClient odd = repository.registry().repository(project + "/" + path);
      odd.pushImage("v1");
      odd.getManifest("v1").expect(200);
      assertThat(odd.tags("").expect(200).texts("tags")).containsExactly("v1");
    }
  }
}
