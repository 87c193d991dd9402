package io.orlop.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class PackageIT {

  @Test
  void carriesPostgresForTheSupportedPlatformsAndNoOthers() throws IOException {
    try (JarFile jar = new JarFile("target/orlop-runner.jar")) {
      assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".txz")))
          .containsExactlyInAnyOrder(
              "postgres-linux-x86_64.txz",
              "postgres-linux-arm_64.txz",
              "postgres-darwin-arm_64.txz");
    }
  }
}
