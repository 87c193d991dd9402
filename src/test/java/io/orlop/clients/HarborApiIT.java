package io.orlop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.RegistryUnderTest;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** harborapi, a Python client of Harbor's REST API that checks what it reads. */
@ExtendWith(SharedServersExtension.class)
class HarborApiIT {
  private static final Path SWEEP = Path.of("src/test/resources/harborapi_sweep.py");

  private final RegistryUnderTest registry;
  private final Client python;

  HarborApiIT(SharedServers servers, @TempDir Path folder) {
    registry = servers.registry();
    python = Client.optional("harborapi-python", folder.resolve("home"));
  }

  @Test
  void doesEverythingThatItWouldDoWithHarbor() {
    String script = SWEEP.toAbsolutePath().toString();

    assertThat(
            python
                .succeedsWith(registry.password(), script, registry.host(), registry.user())
                .stdout())
        .endsWith("done\n");
  }
}
