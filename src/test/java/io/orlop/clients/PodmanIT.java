package io.orlop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.ClientTool;
import io.orlop.testsupport.clients.RegistryUnderTest;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import io.orlop.testsupport.clients.TestImage;
import java.nio.file.Path;
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
    String[] command = {
      "login", "--tls-verify=false", "-u", registry.user(), "--password-stdin", registry.host()
    };
    return right ? podman.succeedsWith(password, command) : podman.failsWith(password, command);
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
}
