package io.orlop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.ClientTool;
import io.orlop.testsupport.clients.RegistryUnderTest;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Buildah: images built without any daemon. */
@ExtendWith(SharedServersExtension.class)
class BuildahIT {

  private final Path folder;
  private final RegistryUnderTest registry;
  private final Client buildah;

  BuildahIT(SharedServers servers, @TempDir Path folder) {
    ClientTool.requireRoot();
    this.folder = folder;
    registry = servers.registry();
    buildah =
        Client.required("buildah", folder.resolve("home"))
            .with("--root", folder.resolve("root").toString())
            .with("--runroot", folder.resolve("run").toString())
            .with("--storage-driver", "vfs");
  }

  @Test
  void pushesWhatItCommittedAndBuildsOnIt() throws IOException {
    buildah.succeedsWith(
        registry.password(),
        "login",
        "--tls-verify=false",
        "-u",
        registry.user(),
        "--password-stdin",
        registry.host());
    String base = registry.name(registry.newRepository("buildah-base")) + ":1";
    String id = commit(base);
    buildah.succeeds("push", "--tls-verify=false", base);
    buildah.succeeds("rmi", base);
    buildah.succeeds("pull", "--tls-verify=false", base);
    assertThat(id(base)).isEqualTo(id);

    buildah.succeeds("rmi", base);
    String built = registry.name(registry.newRepository("buildah")) + ":1";
    Files.writeString(
        folder.resolve("Containerfile"),
        "FROM " + base + "\nCOPY content /again\nLABEL made-by=test\n",
        StandardCharsets.UTF_8);
    buildah.succeeds(
        "bud", "--tls-verify=false", "--isolation", "chroot", "-t", built, folder.toString());
    buildah.succeeds("push", "--tls-verify=false", built);
  }

  private String commit(String name) throws IOException {
    Path content =
        Files.writeString(
            folder.resolve("content"), UUID.randomUUID().toString(), StandardCharsets.UTF_8);
    String container = buildah.succeeds("from", "scratch").text();
    buildah.succeeds("copy", container, content.toString(), "/content");
    buildah.succeeds("commit", "--rm", container, name);
    return id(name);
  }

  private String id(String image) {
    return buildah
        .succeeds("inspect", "--type", "image", "--format", "{{.FromImageID}} {{.Config}}", image)
        .text();
  }
}
