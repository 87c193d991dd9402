package io.orlop.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.FreePort;
import io.orlop.testsupport.OrlopServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsIT {
  @TempDir Path folder;

  private final int filePort = FreePort.find();
  private final int environmentPort = FreePort.find();
  private final int flagPort = FreePort.find();

  @BeforeEach
  void writeFile() throws IOException {
    Files.createDirectory(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/application.yaml"),
        """
        orlop:
          port: %d
          data: from-file
        """
            .formatted(filePort));
  }

  @Test
  void fileIsReadFromTheWorkingFolder() {
    try (OrlopServer server = server()) {
      server.launch();
      assertThat(server.log()).contains("docker login localhost:" + filePort + " ");
      assertThat(folder.resolve("from-file/postgres/18")).isDirectory();
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void environmentWinsOverFileAndFlagWinsOverBoth() {
    try (OrlopServer server = server()) {
      server
          .with("ORLOP_PORT", Integer.toString(environmentPort))
          .with("ORLOP_DATA", "from-environment")
          .withFlag("--port", Integer.toString(flagPort));
      server.launch();
      assertThat(server.log()).contains("docker login localhost:" + flagPort + " ");
      assertThat(folder.resolve("from-environment/postgres/18")).isDirectory();
      assertThat(folder.resolve("from-file")).doesNotExist();
      assertThat(server.stop()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ORLOP_PORT | abc | orlop.port: Expected an integer value, got \"abc\"",
        "ORLOP_PORT | 65536 | orlop.port must be from 0 to 65535, not 65536",
        "ORLOP_DATABASE_CONNECTIONS | 3 | orlop.database.connections must be at least 4, not 3",
        "ORLOP_DATABASE_CONNECTIONS | 49 | orlop.database.connections must be at most 48 with",
        "ORLOP_DATABASE_URL | postgres://db/orlop | orlop.database.url must begin with",
      })
  void invalidValueIsNamedInOneLine(String variable, String value, String message) {
    try (OrlopServer server = server()) {
      server.with(variable, value).launchOnly();
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.log()).startsWith(message).hasLineCount(1);
    }
  }

  @Test
  void misspeltSettingOfTheFileIsNamed() throws IOException {
    Files.writeString(folder.resolve("config/application.yaml"), "orlop:\n  prot: 80\n");
    try (OrlopServer server = server()) {
      server.launchOnly();
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.log()).contains("orlop.prot").doesNotContain("\tat ");
    }
  }

  @Test
  void externalDatabaseWithoutMasterKeyIsRefused() {
    try (OrlopServer server = server()) {
      server.with("ORLOP_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/orlop").launchOnly();
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.log())
          .startsWith("An external database needs a master key: set ORLOP_MASTER_KEY")
          .hasLineCount(1);
    }
  }

  private OrlopServer server() {
    return OrlopServer.configuredIn(folder);
  }
}
