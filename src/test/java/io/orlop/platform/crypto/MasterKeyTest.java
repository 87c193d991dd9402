package io.orlop.platform.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
  private static final String ZEROS = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private final MasterKey key = MasterKey.parse(MasterKey.generate());
  private final byte[] secret = "s3cret".getBytes(UTF_8);

  @Test
  void decryptsWhatItEncrypted() {
    assertThat(key.decrypt(key.encrypt(secret, "a"), "a")).isEqualTo(secret);
  }

  @Test
  void decryptsAnEmptySecret() {
    assertThat(key.decrypt(key.encrypt(new byte[0], "a"), "a")).isEmpty();
  }

  @Test
  void encryptsTheSameSecretDifferentlyEachTime() {
    assertThat(key.encrypt(secret, "a")).isNotEqualTo(key.encrypt(secret, "a"));
  }

  /** What is in databases must stay readable by every later version. */
  @Test
  void decryptsWhatTheFirstReleaseEncrypted() {
    byte[] stored =
        HexFormat.of()
            .parseHex("01000102030405060708090a0b4d806de90819e6f80232f37c79531416a137d759d8b6");
    assertThat(MasterKey.parse(ZEROS).decrypt(stored, "a")).isEqualTo(secret);
  }

  @Test
  void refusesSecretOfAnotherContext() {
    byte[] encrypted = key.encrypt(secret, "a");
    assertThatExceptionOfType(WrongKeyException.class)
        .isThrownBy(() -> key.decrypt(encrypted, "b"))
        .withMessage("The secret 'b' was not encrypted under this master key");
  }

  @Test
  void refusesSecretOfAnotherKey() {
    byte[] encrypted = MasterKey.parse(ZEROS).encrypt(secret, "a");
    assertThatExceptionOfType(WrongKeyException.class)
        .isThrownBy(() -> key.decrypt(encrypted, "a"));
  }

  @Test
  void refusesSecretWithAnyByteChanged() {
    byte[] encrypted = key.encrypt(secret, "a");
    for (int i = 0; i < encrypted.length; i++) {
      byte[] changed = encrypted.clone();
      changed[i] ^= 1;
      assertThatExceptionOfType(WrongKeyException.class)
          .as("byte %d", i)
          .isThrownBy(() -> key.decrypt(changed, "a"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 13, 28})
  void refusesSecretThatIsCutShort(int length) {
    byte[] cut = Arrays.copyOf(key.encrypt(secret, "a"), length);
    assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> key.decrypt(cut, "a"));
  }

  @Test
  void derivesTheSameSubkeyAlwaysAndAnotherForEachPurpose() {
    MasterKey zeros = MasterKey.parse(ZEROS);
    assertThat(zeros.subkey("cookie"))
        .hasSize(MasterKey.LENGTH)
        .isEqualTo(
            HexFormat.of()
                .parseHex("73de4deae96e6b29b10b37076e3d1eeb242e0c75479de01214152ebac3faf924"))
        .isNotEqualTo(zeros.subkey("encrypt"))
        .isNotEqualTo(key.subkey("cookie"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
      })
  void readsKeyWithoutPaddingAndWithWhiteSpaceAround(String text) {
    assertThat(MasterKey.parse(text).subkey("a")).isEqualTo(MasterKey.parse(ZEROS).subkey("a"));
  }

  @Test
  void readsBothAlphabetsOfBase64() {
    assertThat(MasterKey.parse("_".repeat(42) + "8").subkey("a"))
        .isEqualTo(MasterKey.parse("/".repeat(42) + "8=").subkey("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "not base64!", ZEROS + "AAAA"})
  void refusesKeyOfAnotherLengthWithoutRepeatingIt(String text) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> MasterKey.parse(text))
        .withMessageStartingWith("The master key ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("AAAA").doesNotContain("not b"));
  }
}
