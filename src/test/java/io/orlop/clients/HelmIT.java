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

/** Helm and its charts. */
@ExtendWith(SharedServersExtension.class)
class HelmIT {

  private final Path folder;
  private final RegistryUnderTest registry;
  private final Client helm;

  HelmIT(SharedServers servers, @TempDir Path folder) {
    this.folder = folder;
    registry = servers.registry();
    helm = Client.required("helm", folder.resolve("home"));
  }

  @Test
  void loginTakesTheRightPasswordOnly() {
    String[] command = {
      "registry",
      "login",
      "--plain-http",
      "-u",
      registry.user(),
      "--password-stdin",
      registry.host()
    };
    helm.failsWith("wrong", command);
    assertThat(helm.succeedsWith(registry.password(), command).everything())
        .contains("Login Succeeded");
  }

  @Test
  void pullsTheChartsThatItPushedByVersionAndByRange() throws IOException {
    helm.succeedsWith(
        registry.password(),
        "registry",
        "login",
        "--plain-http",
        "-u",
        registry.user(),
        "--password-stdin",
        registry.host());
    String chart = "chart-" + UUID.randomUUID().toString().substring(0, 8);
    String project = "oci://" + registry.host() + "/library";
    push(chart, "1.2.3+build.5", project);
    push(chart, "1.3.0", project);

    String name = project + "/" + chart;
    helm.succeeds("pull", "--plain-http", name, "--version", "1.2.3+build.5");
    Path pulled = helm.home().resolve(chart + "-1.2.3+build.5.tgz");
    assertThat(pulled).hasSameBinaryContentAs(folder.resolve(chart + "-1.2.3+build.5.tgz"));
    assertThat(show(name, "1.2.3+build.5")).contains("version: 1.2.3+build.5");
    assertThat(show(name, "~1.2.0")).contains("version: 1.2.3+build.5");
    assertThat(show(name, "^1.0.0")).contains("version: 1.3.0");
  }

  private String show(String name, String version) {
    return helm.succeeds("show", "chart", "--plain-http", name, "--version", version).stdout();
  }

  private void push(String chart, String version, String project) throws IOException {
    Path source = Files.createDirectories(folder.resolve(chart));
    Files.writeString(
        source.resolve("Chart.yaml"),
        "apiVersion: v2\nname: %s\nversion: %s\n".formatted(chart, version),
        StandardCharsets.UTF_8);
    Files.createDirectories(source.resolve("templates"));
    Files.writeString(
        source.resolve("templates").resolve("map.yaml"),
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n",
        StandardCharsets.UTF_8);
    helm.succeeds("package", source.toString(), "--destination", folder.toString());
    helm.succeeds(
        "push", "--plain-http", folder.resolve(chart + "-" + version + ".tgz").toString(), project);
  }
}
