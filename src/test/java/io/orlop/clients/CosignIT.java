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

/** cosign with a key pair, without any public service. */
@ExtendWith(SharedServersExtension.class)
class CosignIT {

  private final RegistryUnderTest registry;
  private final Path folder;
  private final Client cosign;
  private final Client crane;

  CosignIT(SharedServers servers, @TempDir Path folder) {
    this.folder = folder;
    registry = servers.registry();
    Path home = folder.resolve("home");
    cosign = Client.optional("cosign", home).withEnvironment("COSIGN_PASSWORD", "");
    crane = Client.required("crane", home).with("--insecure");
    cosign.succeeds("generate-key-pair");
    cosign.succeedsWith(
        registry.password(), "login", "-u", registry.user(), "--password-stdin", registry.host());
  }

  @Test
  void verifiesWhatItSignedAsAReferrer() {
    String repository = registry.name(registry.newRepository("cosign"));
    String image = push(repository);
    assertThat(verify(false, image).everything()).contains("no signatures found");
    sign(image);
    assertThat(verify(true, image).stdout()).contains(image.substring(image.indexOf("sha256:")));
    assertThat(crane.succeeds("ls", repository).lines()).containsExactly("1");
  }

  @Test
  void verifiesWhatItSignedAsATag() {
    String repository = registry.name(registry.newRepository("cosign"));
    String image = push(repository);
    sign(image, "--new-bundle-format=false");
    verify(true, image, "--new-bundle-format=false");
    String hex = image.substring(image.lastIndexOf(':') + 1);
    assertThat(crane.succeeds("ls", repository).lines())
        .containsExactly("1", "sha256-" + hex + ".sig");
  }

  private void sign(String image, String... more) {
    cosign
        .with("sign", "--key", "cosign.key", "--yes", "--allow-http-registry")
        .with("--use-signing-config=false", "--tlog-upload=false")
        .with(more)
        .succeeds(image);
  }

  private Client.Output verify(boolean right, String image, String... more) {
    Client verify =
        cosign
            .with("verify", "--key", "cosign.pub", "--allow-http-registry")
            .with("--insecure-ignore-tlog")
            .with(more);
    return right ? verify.succeeds(image) : verify.fails(image);
  }

  private String push(String repository) {
    Path archive = TestImage.random(2).writeArchive(folder.resolve("image.tar"), "image:1");
    crane.succeeds("push", archive.toString(), repository + ":1");
    return repository + "@" + crane.succeeds("digest", repository + ":1").text();
  }
}
