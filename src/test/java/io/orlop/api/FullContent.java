package io.orlop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.oci.Digest;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A repository with artifacts and tags that have everything that they can have. */
final class FullContent {
  private static final String DETAILS =
      "?with_tag=true&with_label=true&with_accessory=true&with_immutable_status=true"
          + "&with_scan_overview=true&with_sbom_overview=true&with_signature=true";

  private final FullObjects objects;
  private final RepositoryClient repository;
  private final String project;
  private final String path;

  FullContent(FullObjects objects, TestRegistry registry, String project) {
    this.objects = objects;
    this.repository = registry.as(registry.administrator()).repository(project + "/app");
    this.project = project;
    this.path = "/projects/" + project + "/repositories/app";
  }

  void write(int label) {
    ManifestBuilder image = repository.newImage().annotation("a", "b");
    Digest digest = repository.pushManifest("v1", image);
    repository.sign(image);
    repository.putManifest("all", ManifestBuilder.OCI_INDEX, index(image)).expect(201);
    String one = path + "/artifacts/" + digest;
    tag(one);
    label(one, label);
    repository.getManifest("v1").expect(200);
    repository.getManifest("all").expect(200);
    await().until(() -> !objects.get(one).path("pull_time").asText().startsWith("0001"));
    await().until(() -> objects.get(path).path("pull_count").asInt() > 1);

    List<JsonNode> listed = items(path + "/artifacts" + DETAILS);
    List<JsonNode> read =
        List.of(objects.get(one + DETAILS), objects.get(path + "/artifacts/all" + DETAILS));
    objects.look("Artifact", listed);
    objects.look("Artifact", read);
    objects.look("Artifact", items("/projects/" + project + "/artifacts" + DETAILS));
    objects.look("Accessory", items(one + "/accessories"));
    assertThat(objects.get(one).path("annotations").path("a").asText()).isEqualTo("b");
    describe();
  }

  private static byte[] index(ManifestBuilder image) {
    return """
    {"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"%s","digest":"%s","size":%d,
      "urls":["https://example.com/image"],"annotations":{"c":"d"},
      "platform":{"architecture":"arm64","os":"windows","os.version":"10","os.features":["win32k"],
        "variant":"v8"}}]}
    """
        .formatted(
            ManifestBuilder.OCI_INDEX,
            ManifestBuilder.OCI_MANIFEST,
            image.digest(),
            image.bytes().length)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void tag(String artifact) {
    objects.send("POST", artifact + "/tags", "NewTag", Map.of("name", "v2"), 201);
    List<JsonNode> tags = items(artifact + "/tags");
    assertThat(tags).extracting(tag -> tag.path("name").asText()).containsExactly("v2", "v1");
    repository.getManifest("v2").expect(200);
    await()
        .until(() ->
            !objects.get(artifact + "/tags").path(0).path("pull_time").asText().startsWith("0001"));
    objects.look("Tag", items(artifact + "/tags"));
  }

  private void label(String artifact, int label) {
    Map<String, Object> body = new HashMap<>(objects.map(objects.get("/labels/" + label)));
    objects.send("POST", artifact + "/labels", "Label", body, 200);
    JsonNode shown = objects.get(artifact + "?with_label=true").path("labels").path(0);
    objects.readBack("Label", body, shown);
  }

  private void describe() {
    Map<String, Object> body = objects.map(objects.get(path));
    body.put("description", "a description");
    objects.replace(path, "Repository", body);
    body.remove("update_time");
    for (JsonNode shown :
        List.of(
            objects.get(path),
            objects.one("/projects/" + project + "/repositories"),
            objects.one("/repositories?q=name%3D" + project + "/app"))) {
      objects.look("Repository", List.of(shown));
      objects.readBack("Repository", body, shown);
    }
  }

  private List<JsonNode> items(String list) {
    List<JsonNode> items = new java.util.ArrayList<>();
    objects.get(list).forEach(items::add);
    return items;
  }
}
