package io.orlop.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  /** The specification's own words, which backtrack; good enough to compare short names with. */
  private static final Pattern SPECIFIED_NAME =
      Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

  private static final Pattern SPECIFIED_PROJECT = Pattern.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "library/nginx",
        "a/b",
        "1/2",
        "my-project/a.b_c__d---e/f",
        "p.q_r-s/x",
        "library/v2/manifests/blobs",
      })
  void acceptsRepositoryNamesOfTheGrammar(String name) {
    assertThat(new RepositoryName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "nginx",
        "library/",
        "/nginx",
        "library//nginx",
        "library/nginx/",
        "Library/nginx",
        "library/Nginx",
        "library/..",
        "../library/nginx",
        "library/./nginx",
        "library/a..b",
        "library/a._b",
        "library/a___b",
        "library/.a",
        "library/a-",
        "a__b/c",
        "a--b/c",
        "library%2fnginx",
        "library/%2e%2e",
        "library/ngi\0nx",
        "library/nginx\n",
        " library/nginx",
        "library/ñginx",
        "library/n\u0131ginx",
        "library/nginx:latest",
        "library/nginx@sha256",
        "library\\nginx",
        "*/*",
      })
  void refusesOtherRepositoryNames(String name) {
    assertThatExceptionOfType(InvalidNameException.class)
        .isThrownBy(() -> new RepositoryName(name));
  }

  @Test
  void splitsARepositoryNameIntoProjectAndPath() {
    var name = new RepositoryName("library/team/app");
    assertThat(name.project()).isEqualTo(new ProjectName("library"));
    assertThat(name.path()).isEqualTo("team/app");
    assertThat(RepositoryName.of(name.project(), name.path())).isEqualTo(name);
  }

  @Test
  void limitsNamesTo255Characters() {
    assertThat(new RepositoryName("a/" + "b".repeat(253)).value()).hasSize(255);
    assertThat(new ProjectName("a".repeat(255)).value()).hasSize(255);
    assertThatExceptionOfType(InvalidNameException.class)
        .isThrownBy(() -> new RepositoryName("a/" + "b".repeat(254)));
    assertThatExceptionOfType(InvalidNameException.class)
        .isThrownBy(() -> new ProjectName("a".repeat(256)));
  }

  @Test
  void answersNamesMadeToBacktrackWithARefusal() {
    for (String evil :
        new String[] {"a-".repeat(127) + "/", "a/" + "-".repeat(200), "a_".repeat(2_000_000)}) {
      assertThatExceptionOfType(InvalidNameException.class)
          .isThrownBy(() -> new RepositoryName(evil));
      assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> new ProjectName(evil));
      assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> new TagName(evil));
    }
  }

  @Test
  void messagesMaskControlCharactersAndAreShort() {
    assertThatExceptionOfType(InvalidNameException.class)
        .isThrownBy(() -> new RepositoryName("a\r\nb\0/" + "x".repeat(10_000)))
        .satisfies(
            e -> assertThat(e.getMessage()).doesNotContain("\r", "\n", "\0").hasSizeLessThan(300));
  }

  @Test
  void agreesWithTheSpecifiedGrammarOnRandomNames() {
    var random = new Random(7);
    int accepted = 0;
    for (int i = 0; i < 50_000; i++) {
      String name = randomText(random, "ab0._-/", 1 + random.nextInt(12));
      int slash = name.indexOf('/');
      boolean expected =
          slash > 0
              && SPECIFIED_NAME.matcher(name).matches()
              && SPECIFIED_PROJECT.matcher(name.substring(0, slash)).matches();
      assertThat(isRepositoryName(name)).as(name).isEqualTo(expected);
      accepted += expected ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a__b", "a..b", "-a", "a-", "a/b", "a b", "ä", "a\n", "%2e"})
  void refusesOtherProjectNames(String name) {
    assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> new ProjectName(name));
  }

  @Test
  void ordersNamesByBytes() {
    assertThat(new RepositoryName("a/b-c")).isLessThan(new RepositoryName("a/b/c"));
    assertThat(new TagName("B")).isLessThan(new TagName("a"));
    assertThat(new ProjectName("a-b")).isLessThan(new ProjectName("a0"));
  }

  private static boolean isRepositoryName(String name) {
    try {
      return new RepositoryName(name).value().equals(name);
    } catch (InvalidNameException _) {
      return false;
    }
  }

  private static String randomText(Random random, String alphabet, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
