package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RawConnection.RawAnswer;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An answer must not tell by which way it came. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ShortcutTest {
  @Inject TestRegistry registry;

  @Test
  void answersAreThoseOfTheLongWay() throws IOException {
    RepositoryClient repository = registry.newRepository();
    Digest image = repository.pushImage("v1");
    repository.pushImage("v2");
    Digest blob = repository.pushBlob(Blobs.random(5000));
    Digest large = repository.pushBlob(Blobs.random(300_000));
    String name = repository.name();
    String token = registry.as(registry.maintainer()).token("repository:" + name + ":pull,push");
    for (String path :
        List.of(
            "/manifests/v1",
            "/manifests/" + image,
            "/manifests/none",
            "/manifests/" + blob,
            "/manifests/sha256:12",
            "/manifests/-",
            "/blobs/" + blob,
            "/blobs/" + large,
            "/blobs/" + image,
            "/blobs/sha256:12",
            "/blobs/md5:12",
            "/tags/list",
            "/tags/list?n=1",
            "/tags/list?n=1&last=v1",
            "/tags/list?n=x",
            "/tags/list?n=0")) {
      for (String method : List.of("GET", "HEAD")) {
        expectSame(method, name, path, "Authorization: Bearer " + token);
      }
    }
    for (String header :
        List.of(
            "If-None-Match: \"" + blob + "\"",
            "Range: bytes=0-9",
            "Range: bytes=0-9,20-29",
            "Range: bytes=5000-",
            "Range: bytes=9-\r\nIf-Range: \"x\"",
            "Accept-Encoding: gzip")) {
      expectSame("GET", name, "/blobs/" + blob, "Authorization: Bearer " + token, header);
    }
    expectSame(
        "GET",
        name,
        "/manifests/v1",
        "Authorization: Bearer " + token,
        "If-None-Match: \"" + image + "\"");
    expectSame("GET", name, "/manifests/v1", "Authorization: Bearer nonsense");
    expectSame("GET", name + "x", "/tags/list", "Authorization: Bearer " + token);
    expectSame(
        "GET",
        name.toUpperCase(java.util.Locale.ROOT),
        "/tags/list",
        "Authorization: Bearer " + token);
  }

  /** An escaped letter in the name is what leads to the long way. */
  private void expectSame(String method, String name, String path, String... headers)
      throws IOException {
    int middle = name.length() / 2;
    String escaped =
        name.substring(0, middle)
            + "%%%02x".formatted((int) name.charAt(middle))
            + name.substring(middle + 1);
    RawAnswer longWay = send(method, "/v2/" + escaped + path, headers);
    String what = method + " " + path;
    // The second time what was pulled is in memory.
    for (int time = 1; time <= 2; time++) {
      RawAnswer shortWay = send(method, "/v2/" + name + path, headers);
      assertThat(shortWay.status()).as(what).isEqualTo(longWay.status());
      assertThat(comparable(shortWay)).as(what).isEqualTo(comparable(longWay));
      assertThat(shortWay.body()).as(what).isEqualTo(longWay.body());
    }
  }

  private static Map<String, String> comparable(RawAnswer answer) {
    Map<String, String> headers = new TreeMap<>(answer.headers());
    assertThat(headers.remove("x-request-id")).isNotNull();
    return headers;
  }

  private RawAnswer send(String method, String target, String... headers) throws IOException {
    List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Host: a"));
    lines.addAll(List.of(headers));
    try (RawConnection connection = new RawConnection(registry.port())) {
      return connection.write(String.join("\r\n", lines) + "\r\n\r\n").read(method);
    }
  }
}
