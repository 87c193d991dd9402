package io.orlop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.RegistryUnderTest;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import io.orlop.testsupport.clients.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** regctl, a client that keeps close to the specification. */
@ExtendWith(SharedServersExtension.class)
class RegctlIT {

  private final Path folder;
  private final RegistryUnderTest registry;
  private final Client regctl;

  RegctlIT(SharedServers servers, @TempDir Path folder) {
    this.folder = folder;
    registry = servers.registry();
    regctl = Client.optional("regctl", folder.resolve("home"));
    regctl.succeeds("registry", "set", "--skip-check", "--tls", "disabled", registry.host());
    regctl.succeedsWith(
        registry.password(),
        "registry",
        "login",
        "-u",
        registry.user(),
        "--pass-stdin",
        registry.host());
  }

  @Test
  void copiesAnIndexAndItsImages() {
    Digest index =
        TestImage.writeLayout(
            folder.resolve("layout"),
            "1",
            TestImage.random("amd64", 2),
            TestImage.random("arm64", 2));
    String pushed = registry.name(registry.newRepository("regctl")) + ":1";
    String copy = registry.name(registry.newRepository("regctl")) + ":1";
    regctl.succeeds("image", "copy", "ocidir://" + folder.resolve("layout") + ":1", pushed);
    regctl.succeeds("image", "copy", pushed, copy);
    assertThat(regctl.succeeds("image", "digest", copy).text()).isEqualTo(index.toString());
  }

  @Test
  void listsTheReferrersOfAnImageWithoutTagsForThem() throws IOException {
    String repository = registry.name(registry.newRepository("regctl"));
    String image = repository + ":1";
    TestImage.writeLayout(folder.resolve("layout"), "1", TestImage.random("amd64", 1));
    regctl.succeeds("image", "copy", "ocidir://" + folder.resolve("layout") + ":1", image);
    Path note = Files.writeString(folder.resolve("note.txt"), "Looks good", StandardCharsets.UTF_8);
    regctl.succeeds(
        "artifact",
        "put",
        "--subject",
        image,
        "--artifact-type",
        "application/vnd.example.note",
        "--file",
        note.toString(),
        "--file-media-type",
        "text/plain");
    assertThat(regctl.succeeds("artifact", "list", image).stdout())
        .contains("application/vnd.example.note");
    assertThat(regctl.succeeds("tag", "ls", repository).lines()).containsExactly("1");
  }

  @Test
  void deletesATag() {
    String repository = registry.name(registry.newRepository("regctl"));
    TestImage.writeLayout(folder.resolve("layout"), "1", TestImage.random("amd64", 1));
    String layout = "ocidir://" + folder.resolve("layout") + ":1";
    regctl.succeeds("image", "copy", layout, repository + ":1");
    regctl.succeeds("image", "copy", layout, repository + ":2");
    regctl.succeeds("tag", "delete", repository + ":1");
    assertThat(regctl.succeeds("tag", "ls", repository).lines()).containsExactly("2");
  }
}
