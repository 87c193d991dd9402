package io.orlop.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final String SHA256_OF_ABC =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

  @Test
  void computesAndReadsBothAlgorithms() {
    assertThat(Digest.of(ABC)).hasToString(SHA256_OF_ABC).isEqualTo(Digest.parse(SHA256_OF_ABC));
    Digest sha512 = Digest.of(DigestAlgorithm.SHA512, ABC);
    assertThat(sha512.toString())
        .startsWith("sha512:ddaf35a193617abacc417349ae204131")
        .hasSize(135);
    assertThat(Digest.parse(sha512.toString())).isEqualTo(sha512);
  }

  @Test
  void readsARunningDigestWithoutEndingIt() {
    var running = DigestAlgorithm.SHA256.newMessageDigest();
    running.update(ABC, 0, 2);
    assertThat(Digest.soFar(DigestAlgorithm.SHA256, running))
        .isEqualTo(Digest.of("ab".getBytes(StandardCharsets.UTF_8)));
    running.update(ABC, 2, 1);
    assertThat(Digest.soFar(DigestAlgorithm.SHA256, running)).hasToString(SHA256_OF_ABC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "sha256",
        "sha256:",
        ":ba7816bf",
        "SHA256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256:BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015add",
        "sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256:../../../../../../../../../../../../../../../../../../../../etc/passwd",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f2001%2f",
        "blake3:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      })
  void refusesEverythingElse(String text) {
    assertThatExceptionOfType(InvalidDigestException.class).isThrownBy(() -> Digest.parse(text));
  }
}
