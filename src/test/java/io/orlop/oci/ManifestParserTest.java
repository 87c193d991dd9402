package io.orlop.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestParserTest {
  private static final Digest CONFIG = Digest.of("{}".getBytes(UTF_8));
  private static final Digest LAYER = Digest.of("layer".getBytes(UTF_8));

  @Test
  void readsAnOciImage() {
    var image =
        image(
            """
            {"schemaVersion": 2,
             "mediaType": "application/vnd.oci.image.manifest.v1+json",
             "artifactType": "application/vnd.acme.sbom",
             "config": {"mediaType": "application/vnd.oci.empty.v1+json", "digest": "%s", "size": 2, "data": "e30="},
             "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "%s", "size": 5,
                         "annotations": {"title": "x"}, "urls": ["https://example.org"], "unknown": [[{}]]}],
             "subject": {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "%s", "size": 0},
             "annotations": {"b": "1", "a": "ü🚢"},
             "org.acme": {"annotations": 7, "annotations": 8}}
            """
                .formatted(CONFIG, LAYER, Digest.of(new byte[0])),
            MediaType.OCI_MANIFEST);
    assertThat(image.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    assertThat(image.artifactType()).isEqualTo("application/vnd.acme.sbom");
    assertThat(image.config()).isEqualTo(Descriptor.of(MediaType.OCI_EMPTY, CONFIG, 2));
    assertThat(image.layers())
        .containsExactly(
            new Descriptor(
                MediaType.OCI_LAYER_GZIP,
                LAYER,
                5,
                null,
                Map.of("title", "x"),
                null,
                List.of("https://example.org")));
    assertThat(image.subject())
        .isEqualTo(Descriptor.of(MediaType.OCI_MANIFEST, Digest.of(new byte[0]), 0));
    assertThat(image.annotations()).containsExactly(Map.entry("b", "1"), Map.entry("a", "ü🚢"));
    assertThat(image.referrerArtifactType()).contains("application/vnd.acme.sbom");
  }

  @Test
  void readsADockerManifestList() {
    var index =
        (IndexManifest)
            parse(
                """
                {"schemaVersion": 2,
                 "mediaType": "application/vnd.docker.distribution.manifest.list.v2+json",
                 "manifests": [{"mediaType": "application/vnd.docker.distribution.manifest.v2+json",
                   "digest": "%s", "size": 9223372036854775807,
                   "platform": {"architecture": "arm64", "os": "linux", "variant": "v8", "os.version": "1",
                                "os.features": ["win32k"], "features": [1]}}]}
                """
                    .formatted(LAYER),
                null);
    assertThat(index.mediaType()).isEqualTo(MediaType.DOCKER_MANIFEST_LIST);
    assertThat(index.children())
        .containsExactly(
            new Descriptor(
                MediaType.DOCKER_MANIFEST,
                LAYER,
                Long.MAX_VALUE,
                null,
                Map.of(),
                new Platform("arm64", "linux", "v8", "1", List.of("win32k")),
                List.of()));
    assertThat(index.referrerArtifactType()).isEmpty();
  }

  @Test
  void readsAnIndexOfLayersAndOfNothing() {
    var cache =
        (IndexManifest)
            parse(
                "{\"schemaVersion\":2,\"manifests\":["
                    + descriptor(MediaType.OCI_LAYER_GZIP, LAYER)
                    + "]}",
                MediaType.OCI_INDEX);
    assertThat(cache.children()).hasSize(1);
    for (String empty :
        new String[] {"\"manifests\":[]", "\"manifests\":null", "\"subject\":null"}) {
      var index = (IndexManifest) parse("{\"schemaVersion\":2," + empty + "}", MediaType.OCI_INDEX);
      assertThat(index.children()).isEmpty();
    }
  }

  @Test
  void acceptsAnImageWithoutLayers() {
    for (String layers : new String[] {"", ",\"layers\":[]", ",\"layers\":null"}) {
      assertThat(image("{\"schemaVersion\":2," + config() + layers + "}", null).layers()).isEmpty();
    }
  }

  @Test
  void readsTheWithdrawnArtifactManifest() {
    var artifact =
        image(
            """
            {"mediaType": "application/vnd.oci.artifact.manifest.v1+json",
             "artifactType": "application/vnd.acme", "blobs": [%s]}
            """
                .formatted(descriptor(MediaType.parse("text/plain; charset=utf-8"), LAYER)),
            MediaType.OCI_ARTIFACT_MANIFEST);
    assertThat(artifact.config()).isNull();
    assertThat(artifact.requiredBlobs()).extracting(Descriptor::digest).containsExactly(LAYER);
  }

  @Test
  void decidesByContentForTypesThatNobodyKnows() {
    var type = MediaType.parse("application/vnd.acme+json");
    String layer = descriptor(MediaType.OCI_LAYER, LAYER);
    assertThat(image("{\"schemaVersion\":2,\"layers\":[" + layer + "]}", type).layers()).hasSize(1);
    assertThat(image("{\"schemaVersion\":2,\"blobs\":[" + layer + "]}", type).layers()).hasSize(1);
    assertThat(parse("{\"schemaVersion\":2,\"manifests\":[" + layer + "]}", type))
        .isInstanceOfSatisfying(
            IndexManifest.class,
            index -> {
              assertThat(index.children()).hasSize(1);
              assertThat(index.mediaType()).isEqualTo(type);
            });
    assertThat(refusal("{\"schemaVersion\":2}", type)).contains("describes nothing");
  }

  @Test
  void takesTheTypeOfTheUploadWhenTheDocumentHasNone() {
    String body = "{\"schemaVersion\":2," + config() + "}";
    assertThat(parse(body, MediaType.DOCKER_MANIFEST).mediaType())
        .isEqualTo(MediaType.DOCKER_MANIFEST);
    assertThat(parse(body, null).mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    assertThat(parse("{\"schemaVersion\":2,\"manifests\":[]}", null).mediaType())
        .isEqualTo(MediaType.OCI_INDEX);
  }

  @Test
  void comparesTheDocumentsTypeWithTheUploads() {
    String body = "{\"schemaVersion\":2,\"mediaType\":\"%s\"," + config() + "}";
    String oci = body.formatted(MediaType.OCI_MANIFEST);
    assertThat(
            parse(oci, MediaType.parse(MediaType.OCI_MANIFEST + "; charset=utf-8"))
                .mediaType()
                .value())
        .isEqualTo(MediaType.OCI_MANIFEST.value());
    assertThat(refusal(oci, MediaType.DOCKER_MANIFEST))
        .contains(MediaType.OCI_MANIFEST.value(), MediaType.DOCKER_MANIFEST.value());
    assertThat(refusal(body.formatted("nonsense"), null)).contains("mediaType", "nonsense");
  }

  @Test
  void refusesDockerSchema1WithAdvice() {
    String body = "{\"schemaVersion\":%s,\"name\":\"a/b\",\"fsLayers\":[]}";
    assertThat(refusal(body.formatted("1"), null))
        .contains("schema 1, is not supported", "current client");
    assertThat(refusal("not even JSON", MediaType.DOCKER_SCHEMA1)).contains("schema 1");
    assertThat(refusal(body.formatted("1"), MediaType.DOCKER_SCHEMA1_SIGNED)).contains("schema 1");
    assertThat(
            refusal(
                "{\"schemaVersion\":2,\"mediaType\":\"%s\"}".formatted(MediaType.DOCKER_SCHEMA1),
                null))
        .contains("schema 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                         | no schemaVersion",
        "{'schemaVersion':null}                     | no schemaVersion",
        "{'schemaVersion':3}                        | schemaVersion is 3",
        "{'schemaVersion':-2}                       | schemaVersion is -2",
        "{'schemaVersion':'2'}                      | schemaVersion is not a whole number",
        "{'schemaVersion':2.0}                      | schemaVersion is not a whole number",
        "{'schemaVersion':99999999999999999999}     | too large",
        "{'schemaVersion':2,'schemaVersion':2}      | twice",
        "{'schemaVersion':2,'mediaType':7}          | mediaType is not a string",
        "{'schemaVersion':2}                        | describes nothing",
        "{'schemaVersion':2,'layers':[]}            | no config",
        "{'schemaVersion':2,'layers':{}}            | layers is not an array",
        "{'schemaVersion':2,'layers':[7]}           | layers[0] is not an object",
        "{'schemaVersion':2,'layers':[null]}        | layers[0] is not an object",
        "{'schemaVersion':2,'manifests':[[]]}       | manifests[0] is not an object",
        "{'schemaVersion':2,'config':'x'}           | config is not an object",
        "{'schemaVersion':2,'config':{}}            | config has no mediaType",
        "{'schemaVersion':2,'layers':[],'manifests':[]}       | as an index does",
        "{'schemaVersion':2,'config':{},'manifests':[]}       | as an index does",
        "{'schemaVersion':2,'manifests':[],'subject':[]}      | subject is not an object",
        "{'schemaVersion':2,'manifests':[],'subject':{}}      | subject has no mediaType",
        "{'schemaVersion':2,'manifests':[],'artifactType':1}  | artifactType is not a string",
        "{'schemaVersion':2,'manifests':[],'annotations':[]}  | annotations is not an object",
        "{'schemaVersion':2,'manifests':[],'annotations':{'a':1}}          | not a string",
        "{'schemaVersion':2,'manifests':[],'annotations':{'a':null}}       | not a string",
        "{'schemaVersion':2,'manifests':[],'annotations':{'a':{}}}         | not a string",
        "{'schemaVersion':2,'manifests':[],'annotations':{'a':'','a':''}}  | twice",
        "{'schemaVersion':2,'manifests':[],'manifests':[]}    | twice",
        "{'schemaVersion':2,'manifests':[],'annotations':{'a':'\\u0000'}}  | NUL",
        "{'schemaVersion':2,'manifests':[],'annotations':{'\\u0000':''}}   | NUL",
        "{'schemaVersion':2,'manifests':[],'annotations':{'a':'\\ud83d'}}  | surrogate",
        "{'schemaVersion':2,'manifests':[],'annotations':{'a':'\\ude80x'}} | surrogate",
        "{'schemaVersion':2,'manifests':[],'artifactType':'\\u0000'}       | NUL",
      })
  void refusesContradictoryOrMistypedDocuments(String body, String reason) {
    assertThat(refusal(body.replace('\'', '"'), null))
        .startsWith("invalid manifest: ")
        .contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'digest':'D','size':1                               | has no mediaType",
        "'mediaType':'','digest':'D','size':1                | mediaType",
        "'mediaType':null,'digest':'D','size':1              | mediaType is not a string",
        "'mediaType':'x','digest':'D','size':1               | invalid media type",
        "'mediaType':'a/b','size':1                          | has no digest",
        "'mediaType':'a/b','digest':'sha256:x','size':1      | invalid digest",
        "'mediaType':'a/b','digest':'sha256:../../x','size':1| invalid digest",
        "'mediaType':'a/b','digest':'sha1:aa','size':1       | supported are",
        "'mediaType':'a/b','digest':'D'                      | has no size",
        "'mediaType':'a/b','digest':'D','size':-1            | negative",
        "'mediaType':'a/b','digest':'D','size':1.5           | whole number",
        "'mediaType':'a/b','digest':'D','size':1e3           | whole number",
        "'mediaType':'a/b','digest':'D','size':'1'           | whole number",
        "'mediaType':'a/b','digest':'D','size':9223372036854775808  | too large",
        "'mediaType':'a/b','digest':'D','digest':'D','size':1       | twice",
        "'mediaType':'a/b','digest':'D','size':1,'urls':'x'         | urls is not an array",
        "'mediaType':'a/b','digest':'D','size':1,'urls':[1]         | urls[0] is not a string",
        "'mediaType':'a/b','digest':'D','size':1,'platform':'x'     | platform is not an object",
        "'mediaType':'a/b','digest':'D','size':1,'platform':{'os':1}| platform.os is not a string",
        "'mediaType':'a/b','digest':'D','size':1,'annotations':{'a':1} | not a string",
        "'mediaType':'a/b','digest':'D','size':5,'data':'!'         | not Base64",
        "'mediaType':'a/b','digest':'D','size':5,'data':7           | data is not a string",
        "'mediaType':'a/b','digest':'D','size':5,'data':'bGF5ZXg='  | size and digest",
        "'mediaType':'a/b','digest':'D','size':4,'data':'bGF5ZXI='  | size and digest",
      })
  void refusesBadDescriptors(String members, String reason) {
    String descriptor =
        "{" + members.replace('\'', '"').replace("\"D\"", "\"" + LAYER + "\"") + "}";
    assertThat(
            refusal("{\"schemaVersion\":2," + config() + ",\"layers\":[" + descriptor + "]}", null))
        .contains("layers[0]", reason);
    assertThat(
            refusal("{\"schemaVersion\":2,\"manifests\":[],\"subject\":" + descriptor + "}", null))
        .contains("subject", reason);
  }

  @Test
  void acceptsEmbeddedDataThatMatches() {
    String layer =
        "{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":5,\"data\":\"bGF5ZXI=\"}"
            .formatted(LAYER);
    assertThat(
            image("{\"schemaVersion\":2," + config() + ",\"layers\":[" + layer + "]}", null)
                .layers())
        .containsExactly(Descriptor.of(MediaType.parse("a/b"), LAYER, 5));
  }

  @Test
  void refusesMembersThatAreNotOfTheDeclaredType() {
    assertThat(refusal("{\"schemaVersion\":2," + config() + "}", MediaType.OCI_INDEX))
        .contains("not those of its media type");
    for (MediaType type :
        List.of(
            MediaType.OCI_MANIFEST, MediaType.DOCKER_MANIFEST, MediaType.OCI_ARTIFACT_MANIFEST)) {
      assertThat(refusal("{\"schemaVersion\":2,\"manifests\":[]}", type))
          .contains("not those of its media type");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"data\":[]", "\"blobs\":{}", "\"blobs\":\"x\"", "\"manifests\":null"})
  void ignoresMembersOfOtherKindsOfManifests(String member) {
    assertThat(image("{\"schemaVersion\":2," + config() + "," + member + "}", null).layers())
        .isEmpty();
  }

  @Test
  void requiresEachDistributedBlobOnce() {
    String layers =
        String.join(
            ",",
            descriptor(MediaType.OCI_LAYER, LAYER),
            descriptor(MediaType.OCI_LAYER, LAYER),
            descriptor(MediaType.DOCKER_FOREIGN_LAYER_GZIP, Digest.of(new byte[] {1})),
            descriptor(MediaType.OCI_NONDISTRIBUTABLE_LAYER_ZSTD, Digest.of(new byte[] {2})));
    var image = image("{\"schemaVersion\":2," + config() + ",\"layers\":[" + layers + "]}", null);
    assertThat(image.layers()).hasSize(4);
    assertThat(image.requiredBlobs()).extracting(Descriptor::digest).containsExactly(CONFIG, LAYER);
  }

  @Test
  void showsTheConfigsTypeAsWrittenWhereAnArtifactTypeIsMissingOrEmpty() {
    String config = descriptor(MediaType.parse("application/vnd.Acme.config; v=1"), CONFIG);
    String body = "{\"schemaVersion\":2,\"artifactType\":\"\",\"config\":" + config + "}";
    assertThat(image(body, null).artifactType()).isNull();
    assertThat(image(body, null).referrerArtifactType())
        .contains("application/vnd.Acme.config; v=1");
  }

  static ImageManifest image(String body, @Nullable MediaType contentType) {
    return (ImageManifest) parse(body, contentType);
  }

  static Manifest parse(String body, @Nullable MediaType contentType) {
    return ManifestParser.parse(body.getBytes(UTF_8), contentType);
  }

  private static String refusal(String body, @Nullable MediaType contentType) {
    return HostileManifestTest.refusal(body.getBytes(UTF_8), contentType);
  }

  private static String config() {
    return "\"config\":" + descriptor(MediaType.OCI_CONFIG, CONFIG);
  }

  private static String descriptor(MediaType type, Digest digest) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":2}".formatted(type, digest);
  }
}
