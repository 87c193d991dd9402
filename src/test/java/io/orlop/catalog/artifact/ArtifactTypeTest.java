package io.orlop.catalog.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Manifest;
import io.orlop.oci.ManifestParser;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.ManifestBuilder;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactTypeTest {
  private static final byte[] CONTENT = Blobs.random(10);

  @ParameterizedTest
  @CsvSource({
    "application/vnd.oci.image.config.v1+json, IMAGE",
    "application/vnd.docker.container.image.v1+json, IMAGE",
    "application/vnd.cncf.helm.config.v1+json, CHART",
    "application/vnd.caicloud.model.config.v1alpha1+json, MODEL",
    "application/vnd.x.a.b.config.v1+json, A.B",
    "application/vnd.dev.cosign.artifact.sig.v1+json, UNKNOWN",
    "application/vnd.oci.empty.v1+json, UNKNOWN",
    "text/plain, UNKNOWN",
  })
  void isReadOffTheConfig(String config, String type) {
    Manifest manifest = parse(ManifestBuilder.image().config(config, CONTENT));

    assertThat(ArtifactType.of(manifest)).isEqualTo(type);
  }

  @Test
  void isThatOfAnImageForAnIndex() {
    assertThat(ArtifactType.of(parse(ManifestBuilder.index()))).isEqualTo("IMAGE");
    assertThat(
            ArtifactType.of(
                parse(
                    ManifestBuilder.index()
                        .annotation(
                            "org.opencontainers.artifactType",
                            "application/vnd.cnab.manifest.v1"))))
        .isEqualTo("CNAB");
  }

  @ParameterizedTest
  @CsvSource({
    "application/vnd.dev.cosign.artifact.sig.v1+json, signature.cosign",
    "application/vnd.dev.sigstore.bundle.v0.3+json, signature.cosign",
    "application/vnd.cncf.notary.signature, signature.notation",
    "application/vnd.goharbor.harbor.sbom.v1, sbom.harbor",
    "application/vnd.oci.image.config.v1+json, subject.accessory",
  })
  void ofAnAccessoryIsReadOffWhatItSaysItIs(String artifactType, String type) {
    ManifestBuilder manifest =
        ManifestBuilder.image()
            .config(ManifestBuilder.OCI_EMPTY, CONTENT)
            .artifactType(artifactType)
            .subject(ManifestBuilder.index());

    assertThat(model(manifest).accessory().orElseThrow().type().wireName()).isEqualTo(type);
    assertThat(model(manifest).accessory().orElseThrow().subject())
        .isEqualTo(ManifestBuilder.index().digest().toString());
  }

  @Test
  void sizesThatClientsMakeUpNeverOverflow() {
    ManifestBuilder manifest =
        ManifestBuilder.image()
            .config(CONTENT)
            .entry(
                "layers",
                ManifestBuilder.OCI_LAYER,
                ManifestBuilder.index().digest(),
                Long.MAX_VALUE)
            .entry(
                "layers",
                ManifestBuilder.OCI_LAYER,
                ManifestBuilder.image().digest(),
                Long.MAX_VALUE);

    assertThat(model(manifest).size()).isEqualTo(Long.MAX_VALUE);
  }

  private static ArtifactModel model(ManifestBuilder manifest) {
    return ArtifactModel.of(parse(manifest), manifest.bytes().length, new TreeSet<>());
  }

  private static Manifest parse(ManifestBuilder manifest) {
    return ManifestParser.parse(manifest.bytes(), null);
  }
}
