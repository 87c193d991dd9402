package io.orlop.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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

  /** Made by password4j 1.8.4, whose hashes older versions of Orlop stored. */
  @Test
  void knowsPasswordsThatOthersHashed() {
    String hash =
        "$argon2id$v=19$m=7168,t=5,p=1$qS3uZp7edKoRN8ZCgANW4g"
            + "$3+kFM4ZGBXZXgBH+nZvvSdqPlGszxZddY2mEThoPLS8";
    assertThat(hasher.matches("Grüße, 漢字 🐳", hash)).isTrue();
    assertThat(hasher.matches("Grusse, 漢字 🐳", hash)).isFalse();
    String byOtherParameters =
        "$argon2id$v=19$m=1024,t=2,p=2$fnIb0vWOkRlbR2azAp8vhw$d/LIGvqZSwybCGSvlNcYMP96NPovmw7q";
    assertThat(hasher.matches("correct horse", byOtherParameters)).isTrue();
    assertThat(hasher.matches("correct Horse", byOtherParameters)).isFalse();
  }

  @Test
  void refusesWhatIsNoHashWithoutRepeatingIt() {
    for (String text :
        List.of(
            "",
            "secret",
            "$argon2i$v=19$m=1024,t=2,p=2$fnIb0vWOkRlbR2azAp8vhw$d/LIGvqZSwybCGSvlNcYMP96NPovmw7q",
            "$argon2id$v=16$m=1024,t=2,p=2$fnIb0vWOkRlbR2azAp8vhw$d/LIGvqZSwybCGSvlNcYMP96NPovmw7q",
            "$argon2id$v=19$m=1024,t=0,p=2$fnIb0vWOkRlbR2azAp8vhw$d/LIGvqZSwybCGSvlNcYMP96NPovmw7q",
            "$argon2id$v=19$m=9999999,t=1,p=1$fnIb0vWOkRlbR2azAp8vhw$d/LIGvqZSwybCGSvlNcYMP96NP",
            "$argon2id$v=19$m=1024,t=2,p=2$fnIb0vWOkRlbR2azAp8vhw$d/LI",
            "$argon2id$v=19$m=1024,t=2,p=2$fnIb0vWOkRlbR2azAp8vhw$")) {
      assertThatThrownBy(() -> hasher.matches("secret", text))
          .rootCause()
          .hasMessage("Not a hash by Argon2id 1.3 in the PHC string format");
    }
  }
}
