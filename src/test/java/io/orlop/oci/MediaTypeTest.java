package io.orlop.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

  @Test
  void comparesWithoutCaseAndParametersButKeepsTheText() {
    var written = MediaType.parse(" Text/Plain ; charset=utf-8 ");
    assertThat(written)
        .isEqualTo(MediaType.parse("text/plain"))
        .hasSameHashCodeAs(MediaType.parse("text/plain"))
        .isNotEqualTo(MediaType.parse("text/html"));
    assertThat(written.value()).isEqualTo("Text/Plain ; charset=utf-8");
    assertThat(written.essence()).isEqualTo("Text/Plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "/plain",
        "text/",
        "text/plain/x",
        "te xt/plain",
        "*/*",
        "text/*",
        ";",
        "text/pläin",
        "text/plain\r\nSet-Cookie: a=b",
        "text/plain; a=\r\nb",
        "text/plain\0",
        "a/b,c/d",
      })
  void refusesWhatIsNoMediaType(String text) {
    assertThatExceptionOfType(InvalidMediaTypeException.class)
        .isThrownBy(() -> MediaType.parse(text));
  }

  @Test
  void refusesEndlessMediaTypes() {
    assertThatExceptionOfType(InvalidMediaTypeException.class)
        .isThrownBy(() -> MediaType.parse("a/" + "b".repeat(1_000_000)));
    assertThatExceptionOfType(InvalidMediaTypeException.class)
        .isThrownBy(() -> MediaType.parse("a/b;" + " ".repeat(1_000_000) + "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.oci.image.layer.nondistributable.v1.tar",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
        "application/vnd.docker.image.rootfs.foreign.diff.tar",
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
        "Application/vnd.docker.image.rootfs.Foreign.diff.tar.gzip",
      })
  void knowsLayersThatNeedNotBeDistributed(String text) {
    assertThat(MediaType.parse(text).isNonDistributable()).isTrue();
  }

  @Test
  void takesOrdinaryLayersForDistributable() {
    assertThat(MediaType.OCI_LAYER_GZIP.isNonDistributable()).isFalse();
    assertThat(MediaType.DOCKER_LAYER_GZIP.isNonDistributable()).isFalse();
    assertThat(MediaType.parse("application/vnd.acme.foreign").isNonDistributable()).isFalse();
  }

  @Test
  void tellsManifestsIndexesAndSchema1Apart() {
    assertThat(MediaType.OCI_MANIFEST.isManifestType()).isTrue();
    assertThat(MediaType.OCI_MANIFEST.isIndexType()).isFalse();
    assertThat(MediaType.DOCKER_MANIFEST_LIST.isManifestType()).isTrue();
    assertThat(MediaType.DOCKER_MANIFEST_LIST.isIndexType()).isTrue();
    assertThat(MediaType.OCI_LAYER.isManifestType()).isFalse();
    assertThat(MediaType.DOCKER_SCHEMA1.isManifestType()).isFalse();
    assertThat(MediaType.DOCKER_SCHEMA1_SIGNED.isDockerSchema1()).isTrue();
    assertThat(MediaType.DOCKER_MANIFEST.isDockerSchema1()).isFalse();
  }
}
