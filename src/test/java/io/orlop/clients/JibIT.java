package io.orlop.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryImage;
import io.orlop.testsupport.clients.RegistryUnderTest;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jib, which builds Java images without Docker, as its Maven and Gradle plug-ins call it. */
@ExtendWith(SharedServersExtension.class)
class JibIT {

  /** Without it Jib keeps a password to itself where there is no TLS. */
  private static final String CREDENTIALS_OVER_HTTP = "sendCredentialsOverHttp";

  private final Path folder;
  private final RegistryUnderTest registry;

  JibIT(SharedServers servers, @TempDir Path folder) {
    this.folder = folder;
    registry = servers.registry();
  }

  @BeforeEach
  void allowPlainHttp() {
    System.setProperty(CREDENTIALS_OVER_HTTP, "true");
  }

  @AfterEach
  void forbidPlainHttp() {
    System.clearProperty(CREDENTIALS_OVER_HTTP);
  }

  @Test
  void buildsOnAnImageThatItPushed() throws Exception {
    String base = fresh("jib-base");
    JibContainer pushed = push(withLayers(Jib.fromScratch()), base, registry.password());
    String application = fresh("jib");
    RegistryImage from = image(base, registry.password());
    JibContainer built = push(withLayers(Jib.from(from)), application, registry.password());
    assertThat(built.getDigest()).isNotEqualTo(pushed.getDigest());
    assertThat(built.isImagePushed()).isTrue();
  }

  @Test
  void reportsAWrongPassword() {
    assertThatThrownBy(() -> push(withLayers(Jib.fromScratch()), fresh("jib"), "wrong"))
        .isInstanceOf(RegistryAuthenticationFailedException.class);
  }

  private JibContainer push(JibContainerBuilder builder, String name, String password)
      throws Exception {
    return builder.containerize(
        Containerizer.to(image(name, password))
            .setAllowInsecureRegistries(true)
            .setBaseImageLayersCache(folder.resolve("base-" + UUID.randomUUID()))
            .setApplicationLayersCache(folder.resolve("application-" + UUID.randomUUID())));
  }

  private RegistryImage image(String name, String password) throws Exception {
    return RegistryImage.named(name).addCredential(registry.user(), password);
  }

  private JibContainerBuilder withLayers(JibContainerBuilder builder) throws Exception {
    for (int i = 0; i < 3; i++) {
      String content = UUID.randomUUID().toString();
      Path file = folder.resolve(content);
      Files.writeString(file, content, StandardCharsets.UTF_8);
      builder.addLayer(List.of(file), "/layer-" + i);
    }
    return builder;
  }

  private String fresh(String hint) {
    return registry.name(registry.newRepository(hint)) + ":1";
  }
}
