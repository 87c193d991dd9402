package io.orlop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.RegistryUnderTest;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import io.orlop.testsupport.clients.TestImage;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** containerd's own client, which speaks to the registry itself and keeps images in containerd. */
@ExtendWith(SharedServersExtension.class)
class ContainerdIT {

  /** See containerd's issue 5734. */
  private static final String LOST_CONTAINERD = "rpc error: code = Internal desc = unexpected EOF";

  private final Path folder;
  private final RegistryUnderTest registry;
  private final Client ctr;

  ContainerdIT(SharedServers servers, @TempDir Path folder) {
    this.folder = folder;
    registry = servers.registry();
    ctr =
        servers
            .docker()
            .containerdClient(folder.resolve("home"))
            .with("--namespace", "orlop-" + UUID.randomUUID());
  }

  @Test
  void pullsWhatItPushed() {
    String image = load();
    String pushed = target(image);
    push(image);
    forget(image);
    ctr.succeeds("images", "pull", "--plain-http", "--user", user(), "--snapshotter=native", image);
    assertThat(target(image)).isEqualTo(pushed);
  }

  @Test
  void pullsAPublicImageWithoutCredentials() {
    String image = load();
    push(image);
    forget(image);
    ctr.succeeds("images", "pull", "--plain-http", "--snapshotter=native", image);
  }

  @Test
  void pushesNothingWithoutTheRightPassword() {
    String image = load();
    ctr.fails("images", "push", "--plain-http", image);
    ctr.fails("images", "push", "--plain-http", "--user", registry.nobody() + ":wrong", image);
  }

  private String load() {
    String image = registry.name(registry.newRepository("ctr")) + ":1";
    Path archive = TestImage.random(3).writeArchive(folder.resolve("image.tar"), image);
    ctr.succeeds("images", "import", "--snapshotter=native", archive.toString());
    return image;
  }

  /**
   * Pushes, and again when ctr loses its own containerd: now and then its reader of local content
   * gets this status from containerd's socket, and no registry has a part in it.
   */
  private void push(String image) {
    String[] command = {"images", "push", "--plain-http", "--user", user(), image};
    Client.Output output = ctr.runs(command);
    for (int more = 2; more > 0 && output.stderr().contains(LOST_CONTAINERD); more--) {
      output = ctr.runs(command);
    }
    assertThat(output.exit()).as("exit of %s", output).isZero();
  }

  private String target(String image) {
    return ctr.succeeds("images", "list", "name==" + image).lines().get(1).split("\\s+", -1)[2];
  }

  private void forget(String image) {
    ctr.succeeds("images", "remove", "--sync", image);
    assertThat(ctr.succeeds("content", "list", "--quiet").lines()).isEmpty();
  }

  private String user() {
    return registry.user() + ":" + registry.password();
  }
}
