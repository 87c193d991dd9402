package io.orlop.identity.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.identity.user.Passwords;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratedSecretTest {
  @Test
  void makesSecretsThatItWouldTake() {
    assertThat(Stream.generate(GeneratedSecret::generate).limit(1_000))
        .allMatch(Passwords::isStrong);
    assertThat(Stream.generate(GeneratedSecret::generate).limit(100).distinct()).hasSize(100);
  }

  @Test
  void keepsNothingOfAGeneratedSecretButItsHash() {
    String secret = GeneratedSecret.generate();

    assertThat(GeneratedSecret.hash(secret))
        .matches("sha256:[0-9a-f]{64}")
        .isEqualTo(GeneratedSecret.hash(secret))
        .isNotEqualTo(GeneratedSecret.hash(secret + "x"));
  }
}
