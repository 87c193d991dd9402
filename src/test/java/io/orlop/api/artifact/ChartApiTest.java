package io.orlop.api.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.ApiClient;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ChartApiTest {
  private static final String CONFIG = "application/vnd.cncf.helm.config.v1+json";
  private static final String CONTENT = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

  @Inject TestRegistry registry;
  private RepositoryClient repository;
  private ApiClient api;
  private String chart;

  @BeforeEach
  void makeRepository() {
    repository = registry.newRepository();
    api = ApiClient.of(registry.as(registry.maintainer()));
    String project = repository.name().substring(0, repository.name().indexOf('/'));
    chart = "/projects/" + project + "/repositories/app/artifacts/1.0.0";
  }

  @Test
  void showsWhatIsInAChart() throws IOException {
    push(
        archive(
            Map.of(
                "web/charts/db/values.yaml", "other: 1\n",
                "web/values.yaml", "replicas: 2\n",
                "web/README.md", "# Web\n")));

    JsonNode found = api.get(chart).expect(200).json();
    assertThat(found.path("type").asText()).isEqualTo("CHART");
    assertThat(found.path("icon").asText()).startsWith("sha256:61cf3a17");
    assertThat(found.path("extra_attrs").path("version").asText()).isEqualTo("1.0.0");
    assertThat(found.path("addition_links").size()).isEqualTo(3);
    Answer values = api.get(chart + "/additions/values.yaml").expect(200);
    assertThat(values.text()).isEqualTo("replicas: 2\n");
    assertThat(values.header("Content-Type").orElseThrow()).startsWith("text/plain");
    Answer readme = api.get(chart + "/additions/readme.md").expect(200);
    assertThat(readme.text()).isEqualTo("# Web\n");
    assertThat(readme.header("Content-Type").orElseThrow()).startsWith("text/markdown");
    assertThat(api.get(chart + "/additions/dependencies").expect(200).json())
        .hasToString("[{\"name\":\"db\"}]");
    api.get(chart + "/additions/build_history").expect(400);
  }

  @Test
  void refusesToUnpackWhatIsNoArchive() {
    push(Blobs.random(500));

    api.get(chart + "/additions/values.yaml").expect(400);
    api.get(chart).expect(200);
  }

  @Test
  void givesNothingForAFileThatIsNotThere() throws IOException {
    push(archive(Map.of("web/Chart.yaml", "name: web\n")));

    assertThat(api.get(chart + "/additions/readme.md").expect(200).bytes()).isEmpty();
  }

  private void push(byte[] content) {
    byte[] config =
        "{\"name\":\"web\",\"version\":\"1.0.0\",\"dependencies\":[{\"name\":\"db\"}]}"
            .getBytes(StandardCharsets.UTF_8);
    repository.pushBlob(config);
    repository.pushBlob(content);
    repository.pushManifest(
        "1.0.0", ManifestBuilder.image().config(CONFIG, config).layer(CONTENT, content));
  }

  private static byte[] archive(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
