package io.orlop.identity.robot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecretHasherTest {
  @Test
  void makesSecretsThatItWouldTake() {
    Stream.generate(SecretHasher::generate).limit(1_000).forEach(SecretHasher::requireStrong);
    assertThat(Stream.generate(SecretHasher::generate).limit(100).distinct()).hasSize(100);
  }

  @Test
  void keepsNothingOfAGeneratedSecretButItsHash() {
    String secret = SecretHasher.generate();

    assertThat(SecretHasher.hashGenerated(secret))
        .matches("sha256:[0-9a-f]{64}")
        .isEqualTo(SecretHasher.hashGenerated(secret))
        .isNotEqualTo(SecretHasher.hashGenerated(secret + "x"));
  }
}
