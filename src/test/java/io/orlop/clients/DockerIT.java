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

/** The Docker engine and its command line. */
@ExtendWith(SharedServersExtension.class)
class DockerIT {

  private final Path folder;
  private final RegistryUnderTest registry;
  private final Client docker;

  DockerIT(SharedServers servers, @TempDir Path folder) {
    this.folder = folder;
    registry = servers.registry();
    docker = servers.docker().client(folder.resolve("home"));
  }

  @Test
  void loginTakesTheRightPasswordOnly() {
    assertThat(
            docker
                .failsWith(
                    "wrong", "login", "-u", registry.nobody(), "--password-stdin", registry.host())
                .everything())
        .containsIgnoringCase("unauthorized");
    assertThat(login().stdout()).contains("Login Succeeded");
  }

  @Test
  void pullsWhatItPushed() {
    login();
    String image = load(registry.newRepository("docker") + ":1");
    String id = id(image);
    assertThat(docker.succeeds("push", image).stdout()).contains("Pushed", "1: digest: sha256:");
    forget(image);
    assertThat(docker.succeeds("pull", image).stdout()).contains("Pull complete");
    assertThat(id(image)).isEqualTo(id);
    forget(image);
  }

  @Test
  void pullsByDigest() {
    login();
    String image = load(registry.newRepository("docker") + ":1");
    String pushed = docker.succeeds("push", "--quiet", image).text();
    String byDigest =
        docker.succeeds("inspect", "--format", "{{index .RepoDigests 0}}", image).text();
    forget(image);
    docker.succeeds("pull", byDigest);
    forget(byDigest);
    assertThat(pushed).isEqualTo(image);
  }

  @Test
  void mountsLayersThatAnotherRepositoryHas() {
    login();
    String first = registry.newRepository("docker-from");
    String image = load(first + ":1");
    docker.succeeds("push", image);
    String copy = registry.name(registry.newRepository("docker-to")) + ":1";
    docker.succeeds("tag", image, copy);
    assertThat(docker.succeeds("push", copy).stdout()).contains("Mounted from " + first);
    forget(copy);
    forget(image);
  }

  @Test
  void anonymousMayNotPush() {
    String image = load(registry.newRepository("docker") + ":1");
    assertThat(docker.fails("push", image).everything())
        .containsAnyOf("denied", "unauthorized", "no basic auth");
    forget(image);
  }

  @Test
  void logoutForgetsTheCredentials() {
    login();
    String image = load(registry.newRepository("docker") + ":1");
    docker.succeeds("push", image);
    docker.succeeds("logout", registry.host());
    docker.fails("push", image);
    forget(image);
  }

  @Test
  void anonymousPullsAPublicImage() {
    login();
    String image = load(registry.newRepository("docker") + ":1");
    docker.succeeds("push", image);
    docker.succeeds("logout", registry.host());
    forget(image);
    docker.succeeds("pull", image);
    forget(image);
  }

  private Client.Output login() {
    return docker.succeedsWith(
        registry.password(), "login", "-u", registry.user(), "--password-stdin", registry.host());
  }

  private String load(String repositoryAndTag) {
    String image = registry.name(repositoryAndTag);
    Path archive = TestImage.random(4).writeArchive(folder.resolve("image.tar"), image);
    docker.succeeds("load", "--input", archive.toString());
    return image;
  }

  private String id(String image) {
    return docker.succeeds("inspect", "--format", "{{.Id}} {{.RootFS.Layers}}", image).text();
  }

  private void forget(String image) {
    docker.succeeds("rmi", image);
  }
}
