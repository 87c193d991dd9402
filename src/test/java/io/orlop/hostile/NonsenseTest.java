package io.orlop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RawConnection.RawAnswer;
import io.orlop.testsupport.RepositoryClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and parameters that make no sense. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class NonsenseTest extends HostileTest {
  private RepositoryClient repository;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "0",
        "0-",
        "-5",
        "5-0",
        "a-b",
        "0-4-5",
        "0 - 4",
        "bytes=0-4",
        "-1-4",
        "0-99999999999999999999",
        "99999999999999999999-99999999999999999999",
        "9223372036854775807-9223372036854775807",
        "0-9223372036854775806",
        "0x0-0x4",
        "\u0663-\u0664",
        "bytes */5",
      })
  void contentRangeIsRefused(String range) throws IOException {
    URI upload = repository.openUpload();
    RawAnswer answer =
        send(
            "PATCH",
            upload.getPath(),
            as(registry.maintainer()),
            "Content-Length: 0",
            "Content-Range: " + range);
    expectRefusal(answer);
    assertThat(answer.status()).isIn(400, 416);
    repository.status(upload).expect(204).expectHeader("Range", "0-0");
  }

  @Test
  void rangeWithThousandsOfPartsIsServedWhole() {
    byte[] content = Blobs.random(5000);
    Digest digest = repository.pushBlob(content);
    String parts =
        IntStream.range(0, 2000).mapToObj(i -> i + "-" + i).collect(Collectors.joining(","));
    Answer answer = repository.getBlob(digest, "bytes=" + parts).expect(200);
    assertThat(answer.bytes()).isEqualTo(content);
  }

  @Test
  void rangesThatOverlapAreServedOnce() {
    Digest digest = repository.pushBlob(Blobs.random(100_000));
    String same = "0-".concat(",0-".repeat(15));
    Answer answer = repository.getBlob(digest, "bytes=" + same).expect(206);
    assertThat(answer.bytes()).hasSizeLessThanOrEqualTo(101_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repository",
        "repository:",
        "repository::",
        "repository:::::",
        ":",
        "repository:library/app",
        "repository:library/app:",
        "repository:library/app:destroy",
        "repository:library/app:pull,,,",
        "repository:LIBRARY/APP:pull",
        "repository:library%2Fapp:pull",
        "repository:library/app\u0000:pull",
        "repository:../../etc:pull",
        "repository:*:*",
        "repository:library/*:pull",
        "registry:catalog:*",
        "registry:*:*",
        "*:*:*",
        "project:library:delete",
        "\"><script>",
        "repository(plugin):library/app:pull",
        "   ",
      })
  void scopesAreIgnored(String scope) {
    Answer answer = registry.as(registry.newUser()).askToken(scope).expect(200);
    assertThat(answer.json().path("scope").asText()).isIn("", "repository:library/app:pull");
    String token = answer.json().path("token").asText();
    registry.anonymous().bearer(token).get("/v2/_catalog").expectError(403, "DENIED");
    registry
        .anonymous()
        .bearer(token)
        .repository("library/app")
        .beginUpload("")
        .expectError(403, "DENIED");
  }

  @Test
  void scopesBeyondCountingAreRefused() {
    String[] many = new String[101];
    java.util.Arrays.fill(many, "repository:library/app:pull");
    registry.anonymous().askToken(many).expectError(400, "UNSUPPORTED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic YWRtaW4=",
        "Basic Og==",
        "Basic AAAA",
        "Basic AGE6AGI=",
        "Basic /////w==",
        "Bearer",
        "Bearer ",
        "Bearer a.b.c",
        "Bearer ....",
        "Bearer eyJhbGciOiJub25lIn0.e30.",
        "Digest username=admin",
        "Negotiate abc",
        "nonsense",
        ",",
      })
  void credentialsAreRefused(String authorization) throws IOException {
    for (String target :
        new String[] {"/v2/", "/v2/library/app/tags/list", "/v2/_catalog", "/service/token"}) {
      RawAnswer answer = send("GET", target, "Authorization: " + authorization);
      expectRefusal(answer);
      assertThat(answer.status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "grant_type=password",
        "grant_type=password&username=a",
        "grant_type=refresh_token",
        "grant_type=nonsense&username=a&password=b",
        "grant_type=%zz",
        "%00=%00",
        "&&&===",
      })
  void tokenRequestsAreRefused(String form) {
    Answer answer =
        registry
            .anonymous()
            .request("POST", "/service/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .send();
    assertThat(answer.status()).isBetween(400, 499);
    answer.expectErrorBody();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant_type=refresh_token&refresh_token=%00",
        "grant_type=refresh_token&refresh_token=nonsense",
        "grant_type=password&username=%00&password=%00",
        "grant_type=password&username=admin&password=wrong",
        "grant_type=password&username=admin&password=",
      })
  void wrongGrantsAreRefused(String form) {
    registry
        .anonymous()
        .request("POST", "/service/token")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .send()
        .expectError(401, "UNAUTHORIZED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "text/plain", "multipart/form-data; boundary=x", "nonsense"})
  void tokenRequestsThatAreNoFormsAreRefused(String contentType) {
    Answer answer =
        registry
            .anonymous()
            .request("POST", "/service/token")
            .header("Content-Type", contentType)
            .body(new byte[] {'{', '}'})
            .send();
    assertThat(answer.status()).isBetween(400, 499);
    answer.expectErrorBody();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", ";", "/", "a/", "text/html\u00ff", "application/json; charset=\""})
  void contentTypesOfManifestsAreRefused(String contentType) throws IOException {
    RawAnswer answer =
        send(
            "PUT",
            "/v2/" + repository.name() + "/manifests/v1",
            as(registry.maintainer()),
            "Content-Length: 0",
            "Content-Type: " + contentType);
    expectRefusal(answer);
  }
}
