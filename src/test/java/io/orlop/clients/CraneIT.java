package io.orlop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.RegistryUnderTest;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import io.orlop.testsupport.clients.TestImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** crane, whose library is in ko, kaniko, cosign, Tekton and Flux too. */
@ExtendWith(SharedServersExtension.class)
class CraneIT {

  private final Path folder;
  private final RegistryUnderTest registry;
  private final Client crane;

  CraneIT(SharedServers servers, @TempDir Path folder) {
    this.folder = folder;
    registry = servers.registry();
    crane = Client.required("crane", folder.resolve("home")).with("--insecure");
    crane.succeedsWith(
        registry.password(),
        "auth",
        "login",
        "-u",
        registry.user(),
        "--password-stdin",
        registry.host());
  }

  @Test
  void pullsWhatItPushed() {
    String image = push("crane");
    crane.succeeds("validate", "--remote", image);
    Path pulled = folder.resolve("pulled.tar");
    crane.succeeds("pull", image, pulled.toString());
    assertThat(crane.succeeds("digest", "--tarball", pulled.toString()).text())
        .isEqualTo(crane.succeeds("digest", image).text());
  }

  @Test
  void copiesByMounting() {
    String image = push("crane-from");
    String copy = fresh("crane-to");
    assertThat(crane.succeeds("copy", image, copy + ":1").stderr())
        .contains("mounted blob: sha256:");
    assertThat(crane.succeeds("digest", copy + ":1").text())
        .isEqualTo(crane.succeeds("digest", image).text());
  }

  @Test
  void tagsAndLists() {
    String image = push("crane");
    crane.succeeds("tag", image, "b");
    crane.succeeds("tag", image, "B");
    String repository = image.substring(0, image.lastIndexOf(':'));
    assertThat(crane.succeeds("ls", repository).lines()).containsExactly("1", "B", "b");
    assertThat(crane.succeeds("catalog", registry.host()).lines())
        .contains(repository.substring(registry.host().length() + 1));
  }

  @Test
  void appendsToAnIndex() {
    String first = push("crane");
    String second = push("crane");
    String index = fresh("crane-index") + ":1";
    crane.succeeds("index", "append", "-m", first, "-m", second, "-t", index);
    crane.succeeds("validate", "--remote", index);
    assertThat(crane.succeeds("manifest", index).stdout())
        .contains(crane.succeeds("digest", first).text(), crane.succeeds("digest", second).text());
  }

  @Test
  void deletesATagThenTheManifest() {
    String image = push("crane");
    crane.succeeds("tag", image, "2");
    String repository = image.substring(0, image.lastIndexOf(':'));
    String digest = crane.succeeds("digest", image).text();
    crane.succeeds("delete", image);
    assertThat(crane.succeeds("ls", repository).lines()).containsExactly("2");
    crane.succeeds("delete", repository + "@" + digest);
    assertThat(crane.fails("manifest", repository + "@" + digest).stderr())
        .contains("MANIFEST_UNKNOWN");
  }

  private String push(String hint) {
    String image = fresh(hint) + ":1";
    Path archive = TestImage.random(3).writeArchive(folder.resolve("image.tar"), image);
    crane.succeeds("push", archive.toString(), image);
    return image;
  }

  private String fresh(String hint) {
    return registry.name(registry.newRepository(hint));
  }
}
