package io.orlop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.ClientTool;
import io.orlop.testsupport.clients.RegistryUnderTest;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import io.orlop.testsupport.clients.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Skopeo, which copies between registries and asks for mounts where it can. */
@ExtendWith(SharedServersExtension.class)
class SkopeoIT {

  private static final int LAYERS = 3;

  private final Path folder;
  private final RegistryUnderTest registry;
  private final Client skopeo;

  SkopeoIT(SharedServers servers, @TempDir Path folder) {
    this.folder = folder;
    registry = servers.registry();
    skopeo = Client.required("skopeo", folder.resolve("home"));
    skopeo.succeedsWith(
        registry.password(),
        "login",
        "--tls-verify=false",
        "-u",
        registry.user(),
        "--password-stdin",
        registry.host());
  }

  @Test
  void copiesBetweenRepositoriesByMounting() {
    String source = push("skopeo-from", TestImage.random(LAYERS));
    String copy = fresh("skopeo-to");
    String said =
        skopeo
            .with("--debug")
            .succeeds("copy", "--src-tls-verify=false", "--dest-tls-verify=false", source, copy)
            .stderr();
    assertThat(said.split("\\.\\.\\. mount OK", -1)).hasSize(LAYERS + 1);
    assertThat(digest(copy)).isEqualTo(digest(source));
  }

  @Test
  void inspectsAndListsTags() {
    String image = push("skopeo", TestImage.random(LAYERS));
    assertThat(skopeo.succeeds("inspect", "--tls-verify=false", image).stdout())
        .contains("\"Digest\": \"sha256:", "\"Os\": \"linux\"");
    assertThat(skopeo.succeeds("inspect", "--config", "--tls-verify=false", image).stdout())
        .contains("diff_ids");
    String repository = image.substring(0, image.lastIndexOf(':'));
    assertThat(skopeo.succeeds("list-tags", "--tls-verify=false", repository).stdout())
        .contains("\"1\"");
  }

  @Test
  void deletesAnImage() {
    String image = push("skopeo", TestImage.random(1));
    skopeo.succeeds("delete", "--tls-verify=false", image);
    assertThat(skopeo.fails("inspect", "--tls-verify=false", image).stderr())
        .containsAnyOf("manifest unknown", "not found", "MANIFEST_UNKNOWN");
  }

  @Test
  void syncsAnIndexOverTwoArchitectures() {
    Path layout = folder.resolve("layout");
    Digest index =
        TestImage.writeLayout(
            layout, "1", TestImage.random("amd64", LAYERS), TestImage.random("arm64", LAYERS));
    String repository = registry.newRepository("skopeo");
    String source = "docker://" + registry.name(repository) + ":1";
    skopeo.succeeds(
        "copy",
        "--all",
        "--preserve-digests",
        "--dest-tls-verify=false",
        "oci:" + layout + ":1",
        source);
    String elsewhere = registry.name(registry.newRepository("mirror"));
    skopeo.succeeds(
        "sync",
        "--all",
        "--preserve-digests",
        "--src-tls-verify=false",
        "--dest-tls-verify=false",
        "--src",
        "docker",
        "--dest",
        "docker",
        registry.name(repository),
        elsewhere);
    String name = repository.substring(repository.lastIndexOf('/'));
    assertThat(digest("docker://" + elsewhere + name + ":1")).isEqualTo(index);
  }

  @Test
  void umociUnpacksWhatItFetched() throws IOException {
    ClientTool.requireRoot();
    Client umoci = Client.required("umoci", folder.resolve("home"));
    TestImage image = TestImage.random(LAYERS);
    String source = push("skopeo", image);
    Path layout = folder.resolve("fetched");
    skopeo.succeeds("copy", "--src-tls-verify=false", source, "oci:" + layout + ":1");
    Path bundle = folder.resolve("bundle");
    umoci.succeeds("unpack", "--image", layout + ":1", bundle.toString());
    for (int layer = 0; layer < LAYERS; layer++) {
      assertThat(bundle.resolve("rootfs").resolve(TestImage.fileName(layer)))
          .hasBinaryContent(image.content(layer));
    }
  }

  private String push(String hint, TestImage image) {
    String name = fresh(hint);
    Path archive = image.writeArchive(folder.resolve(hint + ".tar"), hint + ":1");
    skopeo.succeeds("copy", "--dest-tls-verify=false", "docker-archive:" + archive, name);
    return name;
  }

  private String fresh(String hint) {
    return "docker://" + registry.name(registry.newRepository(hint)) + ":1";
  }

  private Digest digest(String image) {
    String raw = skopeo.succeeds("inspect", "--raw", "--tls-verify=false", image).stdout();
    return Digest.of(raw.getBytes(StandardCharsets.UTF_8));
  }
}
