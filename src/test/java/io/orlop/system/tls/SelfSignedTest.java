package io.orlop.system.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedTest {
  private static final int DNS = 2;
  private static final int IP = 7;

  @TempDir Path folder;

  @Test
  void makesACertificateForNamesAndAddresses() throws Exception {
    var files = SelfSigned.write(folder, List.of("registry.lan", "192.168.1.5", "fd00::5"));
    ServerKeyPair pair = KeyPairReader.read(PemFiles.read(files.certificate(), files.key()));
    assertThat(pair.chain()).hasSize(1);
    var certificate = pair.chain().getFirst();
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(
            List.of(DNS, "registry.lan"),
            List.of(IP, "192.168.1.5"),
            List.of(IP, "fd00:0:0:0:0:0:0:5"));
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(Duration.between(pair.from(), pair.until()))
        .isLessThanOrEqualTo(Duration.ofDays(825));
  }

  @Test
  void letsOnlyTheOwnerReadTheKeys() throws IOException {
    SelfSigned.write(folder, List.of("registry.lan"));
    for (String key : List.of("ca.key", "tls.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(key))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void renewsTheCertificateAndKeepsTheAuthority() throws IOException {
    var files = SelfSigned.write(folder, List.of("registry.lan", "10.0.0.1"));
    String authority = Files.readString(files.authority());
    String certificate = Files.readString(files.certificate());
    SelfSigned.write(folder, List.of("registry.lan"));
    assertThat(Files.readString(files.authority())).isEqualTo(authority);
    assertThat(Files.readString(files.certificate())).isNotEqualTo(certificate);
  }

  @Test
  void doesNotVouchForOtherNamesThanTheAuthorityMay() {
    SelfSigned.write(folder, List.of("registry.lan"));
    assertThatThrownBy(() -> SelfSigned.write(folder, List.of("bank.example")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("may not vouch for [bank.example]");
  }

  @Test
  void refusesWhatIsNoHost() {
    assertThatThrownBy(() -> SelfSigned.write(folder, List.of("https://registry.lan")))
        .hasMessageContaining("neither a host name nor an IP address");
    assertThatThrownBy(() -> SelfSigned.write(folder, List.of()))
        .hasMessageContaining("at least one host");
  }

  @Test
  void saysWhereClientsLookForTheAuthority() {
    var files = SelfSigned.write(folder, List.of("registry.lan"));
    assertThat(TrustInstructions.of(files, "registry.lan", 8443))
        .contains(
            "/etc/docker/certs.d/registry.lan:8443/ca.crt",
            "/etc/containers/certs.d/registry.lan:8443/ca.crt",
            "/etc/containerd/certs.d/registry.lan:8443/hosts.toml");
  }

  /** With the spaces before them, as people copy them. */
  @Test
  void linesForContainerdMakeWhatItReads(@TempDir Path etc) throws Exception {
    var files = SelfSigned.write(folder, List.of("registry.lan"));
    String lines =
        TrustInstructions.of(files, "registry.lan", 8443)
            .lines()
            .dropWhile(line -> !line.startsWith("containerd,"))
            .skip(1)
            .takeWhile(line -> !line.isBlank())
            .collect(Collectors.joining(System.lineSeparator()))
            .replace("/etc/containerd", etc.toString())
            .replace("sudo ", "");
    Process shell =
        new ProcessBuilder("sh", "-e", "-c", lines)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(shell.waitFor()).isZero();
    Path made = etc.resolve("certs.d/registry.lan:8443");
    assertThat(made.resolve("ca.crt")).hasSameBinaryContentAs(files.authority());
    assertThat(Files.readAllLines(made.resolve("hosts.toml")))
        .containsExactly(
            "server = \"https://registry.lan:8443\"", "ca = \"" + made.resolve("ca.crt") + "\"");
  }
}
