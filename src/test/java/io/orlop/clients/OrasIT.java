package io.orlop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.clients.Client;
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

/** ORAS, which keeps files of any kind in registries. */
@ExtendWith(SharedServersExtension.class)
class OrasIT {

  private final RegistryUnderTest registry;
  private final Client oras;

  OrasIT(SharedServers servers, @TempDir Path folder) {
    registry = servers.registry();
    oras = Client.optional("oras", folder.resolve("home"));
    oras.succeedsWith(
        registry.password(),
        "login",
        "--plain-http",
        "-u",
        registry.user(),
        "--password-stdin",
        registry.host());
  }

  @Test
  void pullsTheFileThatItPushed() throws IOException {
    String content = UUID.randomUUID().toString();
    String artifact = registry.name(registry.newRepository("oras")) + ":1";
    push(artifact, "application/vnd.example.thing", content);
    oras.succeeds("pull", "--plain-http", "--output", "pulled", artifact);
    assertThat(oras.home().resolve("pulled").resolve("file.txt")).hasContent(content);
  }

  @Test
  void discoversAndCopiesWhatIsAttached() throws IOException {
    String repository = registry.name(registry.newRepository("oras"));
    push(repository + ":1", "application/vnd.example.thing", UUID.randomUUID().toString());
    oras.succeeds(
        "attach",
        "--plain-http",
        "--artifact-type",
        "application/vnd.example.note",
        repository + ":1",
        "file.txt:text/plain");
    assertThat(discover(repository + ":1")).contains("application/vnd.example.note");
    assertThat(oras.succeeds("repo", "tags", "--plain-http", repository).lines())
        .containsExactly("1");

    String copy = registry.name(registry.newRepository("oras")) + ":1";
    oras.succeeds(
        "copy", "--recursive", "--from-plain-http", "--to-plain-http", repository + ":1", copy);
    assertThat(discover(copy)).contains("application/vnd.example.note");
  }

  private void push(String artifact, String type, String content) throws IOException {
    Files.writeString(oras.home().resolve("file.txt"), content, StandardCharsets.UTF_8);
    oras.succeeds("push", "--plain-http", "--artifact-type", type, artifact, "file.txt:text/plain");
  }

  private String discover(String artifact) {
    return oras.succeeds("discover", "--plain-http", "--format", "json", artifact).stdout();
  }
}
