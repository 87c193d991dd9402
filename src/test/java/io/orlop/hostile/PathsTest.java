package io.orlop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RawConnection.RawAnswer;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request targets that want to lead somewhere else. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class PathsTest extends HostileTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/library/app/blobs/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/v2/library/app/blobs/sha256:..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/v2/library/app/blobs/sha256:%2e%2e%2f%2e%2e",
        "/v2/library/app/blobs/%252e%252e%252f",
        "/v2/library/%2e%2e/app/manifests/v1",
        "/v2/library/..%2fother/app/manifests/v1",
        "/v2/library/app/manifests/..",
        "/v2/library/app/manifests/%2e%2e",
        "/v2//library//app//manifests//v1",
        "//v2/library/app/manifests/v1",
        "/v2/library%2f..%2fapp/tags/list",
        "/v2/library%2Fapp/manifests/v1",
        "/v2/library/app/manifests/v1;jsessionid=1",
        "/v2/library;a=b/app/tags/list",
        "/v2/library/app/manifests/%00",
        "/v2/library/app%00/tags/list",
        "/v2/%00/tags/list",
        "/v2/library/%c0%ae%c0%ae/app/tags/list",
        "/v2/library/app/manifests/%c0%af",
        "/v2/library/app/manifests/%ff%fe",
        "/v2/library/app/manifests/%0d%0aSet-Cookie:a=b",
        "/v2/library/app/manifests/\u00e4\u00ff",
        "/v2/library/app/blobs/uploads/../../../../etc/passwd",
        "/v2/library/app/blobs/uploads/..%2f..%2fetc",
        "/v2/library/app/blobs/uploads/%00",
        "/v2/library/app/referrers/sha256:..%2f..",
        "/v2/library/app/tags/list?n=%00",
        "/v2/library/app/tags/list?n=1&n=2&n=x",
      })
  void leadNowhere(String target) throws IOException {
    expectRefusal(send("GET", target, asAdministrator()));
  }

  /** Once they are resolved, they are no paths of the registry any more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/../../../../etc/passwd",
        "/v2/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/v2/library/../../app/manifests/v1",
        "/v2/%2E%2E/%2e./app",
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
      })
  void leadOutOfTheRegistryToNothing(String target) throws IOException {
    assertThat(send("GET", target, asAdministrator()).status()).isEqualTo(404);
  }

  /** What is no URI at all is refused before anybody reads it, and without a word. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/library/app/manifests/%",
        "/v2/library/app/manifests/%2",
        "/v2/library/app/manifests/%zz",
        "/v2/%zz/app/tags/list",
        "/v2/library\\app/tags/list",
        "/v2/library/..\\..\\app/tags/list",
        "/v2/library/app/manifests/v1?ns=%zz",
        "/v2/library/app/tags/list?n=%zz",
        "/v2/library/app/tags/list?&&==&%",
        "/v2/library/app/tags/list?last=%zz",
        "/v2/library/<app>/tags/list",
      })
  void thatAreNoUrisAreRefused(String target) throws IOException {
    assertThat(send("GET", target, asAdministrator()).status()).isEqualTo(400);
  }

  /** Whatever they mean, they mean no tag and no digest; what is asked is valid nevertheless. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tags/list?last=%00",
        "/tags/list?last=%ff%fe",
        "/tags/list?last=%ed%a0%80",
        "/referrers/sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855?last=%00",
        "/referrers/sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855?artifactType=%00",
        "/referrers/sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855?n=-1",
      })
  void parametersOfListsAreServedOrRefused(String path) throws IOException {
    RepositoryClient repository = registry.newRepository();
    repository.pushImage("v1");
    RawAnswer answer = send("GET", "/v2/" + repository.name() + path, asAdministrator());
    if (answer.status() != 200) {
      expectRefusal(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?last=%00", "?last=%ff", "?n=%00"})
  void parametersOfTheCatalogAreServedOrRefused(String query) throws IOException {
    RawAnswer answer = send("GET", "/v2/_catalog" + query, asAdministrator());
    if (answer.status() != 200) {
      expectRefusal(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?digest=%00",
        "?mount=%00",
        "?mount=sha256:%2e%2e%2f&from=%00",
        "?digest-algorithm=%00",
      })
  void parametersOfUploadsAreRefused(String query) throws IOException {
    RepositoryClient repository = registry.newRepository();
    expectRefusal(
        send(
            "POST",
            "/v2/" + repository.name() + "/blobs/uploads/" + query,
            "Content-Length: 0",
            as(registry.maintainer())));
  }

  @Test
  void mountFromNameWithNulBeginsAnUpload() throws IOException {
    RepositoryClient repository = registry.newRepository();
    RawAnswer answer =
        send(
            "POST",
            "/v2/"
                + repository.name()
                + "/blobs/uploads/?mount=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855&from=a%00/b",
            "Content-Length: 0",
            as(registry.maintainer()));
    assertThat(answer.status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifests",
        "blobs",
        "blobs/uploads",
        "a/blobs/uploads/b",
        "tags/list",
        "a/tags/list/b",
        "referrers",
        "manifests/v1",
        "v2/library/app",
        "uploads",
      })
  void repositoriesNamedLikeEndpointsWorkLikeOthers(String path) {
    NewProject project = registry.newPrivateProject();
    RepositoryClient repository =
        registry.as(registry.administrator()).repository(project.name() + "/" + path);
    ManifestBuilder image = repository.newImage();
    repository.putManifest("list", image).expect(201);
    assertThat(repository.getManifest("list").expect(200).bytes()).isEqualTo(image.bytes());
    assertThat(repository.tags("").expect(200).texts("tags")).containsExactly("list");
    assertThat(repository.tags("").json().path("name").asText()).isEqualTo(repository.name());
    repository.referrers(image.digest(), "").expect(200);
    byte[] content = Blobs.random(100);
    URI upload = repository.openUpload();
    repository.patch(upload, 0, content).expect(202);
    repository.status(upload).expect(204);
    repository.cancel(upload).expect(204);
    repository.deleteBlob(repository.pushBlob(content)).expect(202);
    repository.deleteManifest("list").expect(202);
    repository.deleteManifest(image.digest()).expect(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_catalog", "_catalog/tags/list", "_x/app/tags/list", ".hidden/a/tags/list"})
  void nothingIsHiddenBehindAnUnderscore(String path) throws IOException {
    RawAnswer answer = send("GET", "/v2/" + path, as(registry.newUser()));
    expectRefusal(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "http://other.example/v2/",
        "http://other.example:80/v2/library/app/tags/list",
        "v2/",
        "?",
        "/",
        "/v2/ /x",
      })
  void oddRequestTargetsAreRefused(String target) throws IOException {
    RawAnswer answer = send("GET", target);
    assertThat(answer.status()).isBetween(300, 499);
  }

  @Test
  void hugeTargetsAreRefused() throws IOException {
    for (int length : new int[] {10_000, 20_000, 100_000}) {
      RawAnswer answer =
          send("GET", "/v2/library/" + "a".repeat(length) + "/tags/list", asAdministrator());
      assertThat(answer.status()).isIn(400, 414);
    }
  }

  @Test
  void hugeHeadersAreRefused() throws IOException {
    RawAnswer one = send("GET", "/v2/", "X-Large: " + "a".repeat(40_000));
    assertThat(one.status()).isEqualTo(431);
    String[] many = new String[2_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = "X-Header-" + i + ": " + "v".repeat(20);
    }
    assertThat(send("GET", "/v2/", many).status()).isEqualTo(431);
  }

  @Test
  void connectionThatSpeaksSomethingElseIsClosed() throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection.write("EHLO registry.example\r\n\r\n");
      assertThat(connection.read("GET").status()).isEqualTo(400);
    }
  }
}
