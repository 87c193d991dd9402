package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadRouteTest {
  @Test
  void knowsThePing() {
    assertThat(ReadRoute.parse("/v2/")).contains(new ReadRoute.Ping());
    assertThat(ReadRoute.parse("/v2")).contains(new ReadRoute.Ping());
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/library/app/manifests/v1, library/app, v1",
    "/v2/a/b/c/d/manifests/sha256:00, a/b/c/d, sha256:00",
    "/v2/a/manifests/manifests/manifests, a/manifests, manifests",
    "/v2/a/b/tags/manifests/list, a/b/tags, list",
    "/v2/a/b/manifests/v1.0_x-y, a/b, v1.0_x-y",
  })
  void knowsManifests(String path, String name, String reference) {
    assertThat(ReadRoute.parse(path)).contains(new ReadRoute.OfManifest(name, reference));
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/library/app/blobs/sha256:00, library/app, sha256:00",
    "/v2/a/blobs/blobs/sha256:00, a/blobs, sha256:00",
  })
  void knowsBlobs(String path, String name, String digest) {
    assertThat(ReadRoute.parse(path)).contains(new ReadRoute.OfBlob(name, digest));
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/library/app/tags/list, library/app",
    "/v2/a/manifests/tags/list, a/manifests",
    "/v2/a/tags/list/tags/list, a/tags/list",
  })
  void knowsTags(String path, String name) {
    assertThat(ReadRoute.parse(path)).contains(new ReadRoute.OfTags(name));
  }

  /** The framework's way has the last word on these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/v2x/a/b/manifests/v1",
        "/v2//manifests/v1",
        "/v2/manifests/v1",
        "/v2/a//b/manifests/v1",
        "//v2/a/b/manifests/v1",
        "/v2/a/b/manifests/v1/",
        "/v2/a/b/manifests/..",
        "/v2/a/../b/manifests/v1",
        "/v2/a/.b/manifests/v1",
        "/v2/a/b/manifests/%76",
        "/v2/a/b;x=y/manifests/v1",
        "/v2/a/b/manifests/v\u00e4",
        "/v2/a/b/manifests/v 1",
        "/v2/a/b/blobs/uploads",
        "/v2/a/b/blobs/uploads/sha256:00/x",
        "/v2/a/b/tags/lists",
        "/v2/a/b/referrers/sha256:00",
        "/v2/_catalog",
        "/api/v2.0/ping",
      })
  void leavesTheRestAlone(String path) {
    assertThat(ReadRoute.parse(path)).isEmpty();
  }
}
