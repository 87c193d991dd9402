package io.orlop.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, postgres-linux-x86_64.txz",
    "Linux, aarch64, postgres-linux-arm_64.txz",
    "Mac OS X, aarch64, postgres-darwin-arm_64.txz",
  })
  void carriesProgramsOfEachSupportedPlatform(String os, String arch, String archive) {
    assertThat(PostgresBinaries.archiveName(os, arch)).isEqualTo(archive);
    assertThat(getClass().getClassLoader().getResource(archive)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"Linux, riscv64", "Mac OS X, x86_64", "Windows 11, amd64"})
  void namesTheWayOutOnOtherPlatforms(String os, String arch) {
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(() -> PostgresBinaries.archiveName(os, arch))
        .withMessageContaining(os)
        .withMessageContaining("ORLOP_DATABASE_URL");
  }

  @Test
  void unpacksOnceAndIgnoresWhatABrokenUnpackingLeft() throws IOException {
    Path unpacked = PostgresBinaries.unpack(folder);
    assertThat(unpacked.resolve("bin/postgres")).isExecutable();
    FileTime made = Files.getLastModifiedTime(unpacked);

    Path half = Files.createDirectories(folder.resolve(unpacked.getFileName() + ".part/bin"));
    Files.createFile(half.resolve("postgres"));
    assertThat(PostgresBinaries.unpack(folder)).isEqualTo(unpacked);
    assertThat(Files.getLastModifiedTime(unpacked)).isEqualTo(made);
  }

  @Test
  void startsUnpackingAgainWhenItWasBroken() throws IOException {
    Path unpacked = PostgresBinaries.unpack(folder);
    Path half = folder.resolve(unpacked.getFileName() + ".part");
    Files.move(unpacked, half);
    Files.delete(half.resolve("bin/initdb"));

    PostgresBinaries.unpack(folder);
    assertThat(unpacked.resolve("bin/initdb")).isExecutable();
    assertThat(half).doesNotExist();
  }

  @Test
  void deletesProgramsOfOtherVersions() throws IOException {
    Path current = Files.createDirectories(folder.resolve("bin-18-00000002"));
    Path old = Files.createDirectories(folder.resolve("bin-18-00000001/bin"));
    PostgresBinaries.deleteOthers(folder, current);
    assertThat(current).exists();
    assertThat(old.getParent()).doesNotExist();
  }
}
