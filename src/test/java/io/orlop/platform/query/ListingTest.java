package io.orlop.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.platform.error.RegistryException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
  private static final Listing LISTING =
      Listing.orderedBy("p.name", "p.id")
          .text("name", "p.name")
          .number("project_id", "p.id")
          .time("creation_time", "p.created_at")
          .truth("public", "p.public")
          .number("hard.storage", "q.hard", "nullif(q.hard, -1)")
          .special("tags")
          .build();

  @Test
  void takesEverythingInItsOwnOrderWhenNothingIsAskedFor() {
    Criteria criteria = LISTING.read(null, "");

    assertThat(criteria.and()).isEmpty();
    assertThat(criteria.parameters()).isEmpty();
    assertThat(criteria.order()).isEqualTo("p.name");
    assertThat(criteria.filters()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name=a           | (p.name) = ?                                    | a",
        "Name=~A_b        | position(lower(?) IN lower((p.name)::text)) > 0 | A_b",
        "name=\\~a        | (p.name) = ?                                    | ~a",
        "ProjectID=5      | (p.id) = ?                                      | 5",
        "project_id=[5~]  | (p.id) >= ?                                     | 5",
        "project_id=[~5]  | (p.id) <= ?                                     | 5",
        "project_id={5 6} | (p.id) = ANY (?::text[]::bigint[])              | [5, 6]",
        "name={a 'b'}     | (p.name) = ANY (?::text[]::text[])              | [a, b]",
        "public=true      | (p.public) = ?                                  | true",
        "name=a%2Fb       | (p.name) = ?                                    | a/b",
        "name=a+b         | (p.name) = ?                                    | a+b",
      })
  void restrictsDeclaredFields(String q, String condition, String parameter) {
    Criteria criteria = LISTING.read(q, null);

    assertThat(criteria.and()).isEqualTo(" AND " + condition);
    assertThat(criteria.parameters()).extracting(Object::toString).containsExactly(parameter);
  }

  @Test
  void readsTimesInBothOfTheirForms() {
    Criteria criteria =
        LISTING.read("creation_time=[2026-01-02T03:04:05~2026-01-02T04:04:05.5+01:00]", null);

    assertThat(criteria.parameters())
        .isEqualTo(
            List.of(
                Instant.parse("2026-01-02T03:04:05Z"), Instant.parse("2026-01-02T03:04:05.5Z")));
  }

  @Test
  void joinsSeveralConditions() {
    Criteria criteria = LISTING.read("name=~a,project_id=[1~2],unknown=3,tags=nil", null);

    assertThat(criteria.conditions()).hasSize(3);
    assertThat(criteria.parameters()).isEqualTo(List.of("a", 1L, 2L));
    assertThat(criteria.special("tags")).contains(new Condition.Exact("nil"));
    assertThat(criteria.special("name")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "name=",
        "=a",
        ",",
        "name=a,",
        "name=[a",
        "name=[a]",
        "name=[a~b~c]",
        "name={a",
        "project_id=x",
        "project_id=99999999999999999999",
        "creation_time=yesterday",
        "creation_time=[+999999999-01-01T00:00:00~]",
        "public=maybe",
        "name=%00",
        "name=%zz",
        "project_id={1 x}",
      })
  void refusesWhatDoesNotFollowTheGrammar(String q) {
    assertThatThrownBy(() -> LISTING.read(q, null)).isInstanceOf(RegistryException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name               | p.name NULLS FIRST, p.id",
        "-name              | p.name DESC NULLS LAST, p.id",
        "-hard.storage,Name | nullif(q.hard, -1) DESC NULLS LAST, p.name NULLS FIRST, p.id",
        "name,-name         | p.name NULLS FIRST, p.id",
        "unknown            | p.name",
        "tags               | p.name",
      })
  void ordersByDeclaredFields(String sort, String order) {
    assertThat(LISTING.read(null, sort).order()).isEqualTo(order);
  }

  @Test
  void neverLetsAClientsTextBecomeSql() {
    Random random = new Random(5);
    String alphabet = "=,~[]{}()\\'\";-- %+a1_.name";
    for (int i = 0; i < 20_000; i++) {
      String q = "name=" + text(random, alphabet) + "," + text(random, alphabet);
      String sort = text(random, alphabet) + ",-name";
      try {
        Criteria criteria = LISTING.read(q, sort);
        assertThat(criteria.conditions())
            .as(q)
            .allMatch(condition ->
                condition.matches(
                    "\\(p\\.name\\) (=|<=|>=) \\?"
                        + "|\\(p\\.name\\) = ANY \\(\\?::text\\[]::text\\[]\\)"
                        + "|position\\(lower\\(\\?\\) IN lower\\(\\(p\\.name\\)::text\\)\\) > 0"));
        assertThat(criteria.order())
            .as(sort)
            .matches("p\\.name( DESC NULLS LAST| NULLS FIRST), p\\.id");
      } catch (RegistryException e) {
        assertThat(e.code().status()).as(q).isEqualTo(400);
      }
    }
  }

  private static String text(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
