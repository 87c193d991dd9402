package io.orlop.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorTest {
  private static final Digest EMPTY = Digest.of(new byte[0]);
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void serialisesOnlyWhatItHas() throws JsonProcessingException {
    assertThat(json.writeValueAsString(Descriptor.of(MediaType.OCI_LAYER, EMPTY, 0)))
        .isEqualTo(
            """
            {"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":0}\
            """
                .formatted(EMPTY));
  }

  @Test
  void serialisesAllMembersInTheFormOfTheSpecification() throws JsonProcessingException {
    var annotations = new LinkedHashMap<String, String>();
    annotations.put("z", "1");
    annotations.put("a", "");
    var descriptor =
        new Descriptor(
            MediaType.OCI_MANIFEST,
            EMPTY,
            7,
            "application/vnd.acme",
            annotations,
            new Platform("arm64", "linux", "v8", "6.1", List.of("f")),
            List.of("https://example.org/x"));
    assertThat(json.writeValueAsString(descriptor))
        .isEqualTo(
            """
            {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":7,\
            "artifactType":"application/vnd.acme","annotations":{"z":"1","a":""},\
            "platform":{"architecture":"arm64","os":"linux","os.version":"6.1",\
            "os.features":["f"],"variant":"v8"},"urls":["https://example.org/x"]}\
            """
                .formatted(EMPTY));
  }

  @Test
  void refusesANegativeSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Descriptor.of(MediaType.OCI_LAYER, EMPTY, -1));
  }

  @Test
  void cannotBeChangedThroughWhatItWasMadeOf() {
    var annotations = new LinkedHashMap<String, String>();
    var descriptor =
        new Descriptor(MediaType.OCI_LAYER, EMPTY, 0, null, annotations, null, List.of());
    annotations.put("a", "b");
    assertThat(descriptor.annotations()).isEmpty();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> descriptor.annotations().put("a", "b"));
  }

  @Test
  void readsAndWritesNamesAsPlainText() throws JsonProcessingException {
    assertThat(json.readValue("\"library/nginx\"", RepositoryName.class))
        .isEqualTo(new RepositoryName("library/nginx"));
    assertThat(json.writeValueAsString(List.of(new TagName("v1"), new ProjectName("p"))))
        .isEqualTo("[\"v1\",\"p\"]");
    assertThat(json.readValue("\"a/b; c\"", MediaType.class).essence()).isEqualTo("a/b");
  }
}
