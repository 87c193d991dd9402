package io.orlop.testsupport.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.TestImage;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What people do with a registry: log in, push an image of several layers, forget it, pull it.
 *
 * @param docker the client
 * @param folder for the image
 * @param registry whose administrator logs in
 */
public record DockerRoundTrip(Client docker, Path folder, HostedRegistry registry) {

  /** Goes the whole way. */
  public void succeeds(String host) {
    docker.succeedsWith(registry.password(), login(host));
    String image = load(host);
    docker.succeeds("push", image);
    String layers = layers(image);
    docker.succeeds("rmi", image);
    docker.succeeds("pull", image);
    assertThat(layers(image)).isEqualTo(layers);
    docker.succeeds("rmi", image);
    docker.succeeds("logout", host);
  }

  /** Fails to log in. */
  public Client.Output failsToLogIn(String host) {
    return docker.failsWith(registry.password(), login(host));
  }

  private String[] login(String host) {
    return new String[] {"login", "-u", registry.user(), "--password-stdin", host};
  }

  private String load(String host) {
    String image = "%s/library/through-proxy-%s:1".formatted(host, UUID.randomUUID());
    Path archive = TestImage.random(5).writeArchive(folder.resolve("image.tar"), image);
    docker.succeeds("load", "--input", archive.toString());
    return image;
  }

  private String layers(String image) {
    return docker.succeeds("inspect", "--format", "{{.Id}} {{.RootFS.Layers}}", image).text();
  }
}
