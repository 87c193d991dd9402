package io.orlop.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.ClientTool;
import io.orlop.testsupport.clients.RegistryUnderTest;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import io.orlop.testsupport.clients.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Podman with a storage of its own. */
@ExtendWith(SharedServersExtension.class)
class PodmanIT {

  private final Path folder;
  private final RegistryUnderTest registry;
  private final Client podman;

  PodmanIT(SharedServers servers, @TempDir Path folder) {
    ClientTool.requireRoot();
    this.folder = folder;
    registry = servers.registry();
    podman =
        Client.required("podman", folder.resolve("home"))
            .with("--root", folder.resolve("root").toString())
            .with("--runroot", folder.resolve("run").toString())
            .with("--tmpdir", folder.resolve("tmp").toString())
            .with("--storage-driver", "vfs")
            .with("--cgroup-manager", "cgroupfs")
            .with("--events-backend", "none");
  }

  @Test
  void loginTakesTheRightPasswordOnly() {
    assertThat(login("wrong", false).stderr()).contains("invalid username/password");
    assertThat(login(registry.password(), true).stdout()).contains("Login Succeeded");
  }

  @Test
  void pullsWhatItPushed() {
    login(registry.password(), true);
    String image = load();
    String id = id(image);
    podman.succeeds("push", "--tls-verify=false", image);
    podman.succeeds("rmi", image);
    podman.succeeds("pull", "--tls-verify=false", image);
    assertThat(id(image)).isEqualTo(id);
  }

  @Test
  void pullsZstdLayersThatItPushed() {
    login(registry.password(), true);
    String image = load();
    String layers = layers(image);
    podman.succeeds(
        "push", "--tls-verify=false", "--format=oci", "--compression-format=zstd", image);
    podman.succeeds("rmi", image);
    Client.Output pull =
        podman.with("--log-level=debug").succeeds("pull", "--tls-verify=false", image);
    assertThat(pull.stderr()).contains("layer.v1.tar+zstd");
    assertThat(layers(image)).isEqualTo(layers);
  }

  @Test
  void fetchesOnlyTheFilesThatItHasNotOfAZstdChunkedLayer() throws IOException {
    assumeThat(Files.getFileStore(folder).type())
        .as("overlay does not work on")
        .isNotEqualTo("overlay");
    Client overlay = podmanWithPartialPulls();
    overlay.succeedsWith(registry.password(), loginCommand(registry.user()));
    String repository = registry.name(registry.newRepository("podman"));
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : List.of("a", "b", "c", "d", "e")) {
      files.put(name, random());
    }
    pushChunked(overlay, files, repository + ":1");
    files.replaceAll((name, content) -> "bd".contains(name) ? content : random());
    pushChunked(overlay, files, repository + ":2");

    overlay.succeeds("pull", "--tls-verify=false", repository + ":1");
    assertThat(
            overlay
                .with("--log-level=debug")
                .succeeds("pull", "--tls-verify=false", repository + ":2")
                .stderr())
        .contains("Retrieved partial blob");
    Path mounted = Path.of(overlay.succeeds("image", "mount", repository + ":2").text());
    try {
      files.forEach((name, content) -> assertThat(mounted.resolve(name)).hasBinaryContent(content));
    } finally {
      overlay.succeeds("image", "unmount", repository + ":2");
    }
  }

  @Test
  void afterLogoutItPullsPublicImagesButMayNotPush() {
    login(registry.password(), true);
    String image = load();
    podman.succeeds("push", "--tls-verify=false", image);
    podman.succeeds("logout", registry.host());
    assertThat(podman.fails("push", "--tls-verify=false", image).stderr())
        .containsAnyOf("unauthorized", "denied");
    podman.succeeds("rmi", image);
    podman.succeeds("pull", "--tls-verify=false", image);
  }

  private Client.Output login(String password, boolean right) {
    return right
        ? podman.succeedsWith(password, loginCommand(registry.user()))
        : podman.failsWith(password, loginCommand(registry.nobody()));
  }

  /** Wrong passwords are another account's: those of the shared one are counted for all tests. */
  private String[] loginCommand(String user) {
    return new String[] {
      "login", "--tls-verify=false", "-u", user, "--password-stdin", registry.host()
    };
  }

  private String load() {
    String image = registry.name(registry.newRepository("podman")) + ":1";
    Path archive = TestImage.random(3).writeArchive(folder.resolve("image.tar"), image);
    podman.succeeds("load", "--input", archive.toString());
    return image;
  }

  private String id(String image) {
    return podman.succeeds("inspect", "--format", "{{.Id}}", image).text();
  }

  private String layers(String image) {
    return podman.succeeds("inspect", "--format", "{{.RootFS.Layers}}", image).text();
  }

  /** Podman with the one storage driver that can put a layer together from parts. */
  private Client podmanWithPartialPulls() throws IOException {
    Path configuration = folder.resolve("storage.conf");
    Files.writeString(
        configuration,
        """
        [storage]
        driver = "overlay"
        graphroot = "%1$s/overlay-root"
        runroot = "%1$s/overlay-run"
        [storage.options]
        pull_options = {enable_partial_images = "true"}
        """
            .formatted(folder),
        StandardCharsets.UTF_8);
    return Client.required("podman", folder.resolve("home"))
        .with("--cgroup-manager", "cgroupfs", "--events-backend", "none")
        .withEnvironment("CONTAINERS_STORAGE_CONF", configuration.toString());
  }

  private void pushChunked(Client client, Map<String, byte[]> files, String image)
      throws IOException {
    Path layer = Files.write(folder.resolve("layer.tar"), TestImage.tar(files));
    client.succeeds("import", layer.toString(), image);
    client.succeeds("push", "--tls-verify=false", "--compression-format=zstd:chunked", image);
    client.succeeds("rmi", image);
  }

  private static byte[] random() {
    byte[] bytes = new byte[200_000];
    ThreadLocalRandom.current().nextBytes(bytes);
    return bytes;
  }
}
