package io.orlop.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {
  private final PasswordHasher hasher = new PasswordHasher();

  @AfterEach
  void close() {
    hasher.close();
  }

  @Test
  void hashesWithArgon2idAndASaltOfItsOwn() {
    String first = hasher.hash("correct horse");
    assertThat(first).startsWith("$argon2id$v=19$m=7168,t=5,p=1$");
    assertThat(hasher.hash("correct horse")).isNotEqualTo(first);
  }

  /** Else the time that an answer takes would tell which accounts exist. */
  @Test
  void pretendsByTheSameParameters() {
    String parameters = "\\$argon2id\\$v=19\\$m=7168,t=5,p=1\\$[^$]{22}\\$[^$]{43}";
    assertThat(hasher.hash("correct horse")).matches(parameters);
    assertThat(PasswordHasher.UNKNOWN_ACCOUNT).matches(parameters);
    hasher.pretend("correct horse");
  }

  @Test
  void knowsThePasswordAndNoOther() {
    String hash = hasher.hash("correct horse");
    assertThat(hasher.matches("correct horse", hash)).isTrue();
    assertThat(hasher.matches("Correct horse", hash)).isFalse();
    assertThat(hasher.matches("", hash)).isFalse();
  }

  @Test
  void readsAllOfALongPassword() {
    String common = "x".repeat(100);
    String hash = hasher.hash(common + "a");
    assertThat(hasher.matches(common + "a", hash)).isTrue();
    assertThat(hasher.matches(common + "b", hash)).isFalse();
  }
}
