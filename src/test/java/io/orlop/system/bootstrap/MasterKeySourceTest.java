package io.orlop.system.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.platform.crypto.MasterKey;
import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeySourceTest {
  @TempDir Path data;

  private final String key = MasterKey.generate();

  @Test
  void generatesKeyOnceForTheEmbeddedDatabase() throws IOException {
    TestConfig config = new TestConfig(data, Optional.empty(), Optional.empty());
    MasterKeySource.generateIfMissing(config, data);
    byte[] first = MasterKeySource.read(config).subkey("test");
    MasterKeySource.generateIfMissing(config, data);
    assertThat(MasterKeySource.read(config).subkey("test")).isEqualTo(first);
    Path file = data.resolve("master.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void generatesNoKeyWhereOneIsConfigured() {
    MasterKeySource.generateIfMissing(
        new TestConfig(data, Optional.of(key), Optional.empty()), data);
    assertThat(data.resolve("master.key")).doesNotExist();
  }

  @Test
  void readsKeyFromTheFileThatASettingNames() throws IOException {
    Path file = Files.writeString(data.resolve("mounted"), key + "\n");
    TestConfig config = new TestConfig(data, Optional.empty(), Optional.of(file));
    assertThat(MasterKeySource.read(config).subkey("test"))
        .isEqualTo(MasterKey.parse(key).subkey("test"));
  }

  @Test
  void refusesToGoOnWithoutAKey() {
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(
            () -> MasterKeySource.read(new TestConfig(data, Optional.empty(), Optional.empty())))
        .withMessageStartingWith("An external database needs a master key: set ORLOP_MASTER_KEY");
  }

  @Test
  void refusesToGoOnWithoutTheFileThatASettingNames() {
    Path file = data.resolve("absent");
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(
            () -> MasterKeySource.read(new TestConfig(data, Optional.empty(), Optional.of(file))))
        .withMessage("There is no master key in " + file + ", which ORLOP_MASTER_KEY_FILE names.");
  }

  @Test
  void namesTheOriginOfAMalformedKey() {
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(
            () -> MasterKeySource.read(new TestConfig(data, Optional.of("AAAA"), Optional.empty())))
        .withMessage("The master key must be 32 bytes in Base64, not 3 (from ORLOP_MASTER_KEY).");
  }

  private record TestConfig(Path data, Optional<String> masterKey, Optional<Path> masterKeyFile)
      implements ServerConfig {
    @Override
    public int port() {
      return 0;
    }

    @Override
    public boolean allowRoot() {
      return false;
    }

    @Override
    public boolean training() {
      return false;
    }
  }
}
