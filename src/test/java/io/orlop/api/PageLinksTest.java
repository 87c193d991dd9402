package io.orlop.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageLinksTest {

  @ParameterizedTest
  @CsvSource({
    "1, 10, 10, ''",
    "1, 10, 0,  ''",
    "1, 10, 11, '</x?page=2&page_size=10>; rel=\"next\"'",
    "2, 10, 11, '</x?page=1&page_size=10>; rel=\"prev\"'",
    "2, 1,  3,  '</x?page=1&page_size=1>; rel=\"prev\" , </x?page=3&page_size=1>; rel=\"next\"'",
    "9, 10, 11, ''",
    "1, 0,  11, ''",
  })
  void pointsToThePagesBesides(long page, int size, long total, String header) {
    assertThat(new PageLinks("/x", null).header(new PageRequest(page, size), total))
        .isEqualTo(header);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page=1&page_size=1               | page=2&page_size=1",
        "page_size=1&name=lib&page=1      | name=lib&page=2&page_size=1",
        "public=true&name=lib             | name=lib&page=2&page_size=1&public=true",
        "q=name%3D~lib%2Cpublic%3Dtrue    | page=2&page_size=1&q=name=~lib,public=true",
        "name=a%26b%3Dc%2Bd%25e           | name=a%26b=c%2Bd%25e&page=2&page_size=1",
        "name=a%20b+c                     | name=a%20b+c&page=2&page_size=1",
        "name=%0D%0ASet-Cookie:%20a=b     | name=%0D%0ASet-Cookie:%20a=b&page=2&page_size=1",
        "name=a>;rel=\"next\"             | name=a%3E;rel=%22next%22&page=2&page_size=1",
        "name=%C3%A9                      | name=%C3%A9&page=2&page_size=1",
        "&&flag                           | flag&page=2&page_size=1",
      })
  void keepsTheOtherParametersReadableAndSafe(String query, String expected) {
    assertThat(new PageLinks("/x", query).header(new PageRequest(1, 1), 2))
        .isEqualTo("</x?" + expected + ">; rel=\"next\"");
  }

  @Test
  void escapesWhatCannotStandInAHeader() {
    assertThat(new PageLinks("/x", "name=\u00e9\n").header(new PageRequest(1, 1), 2))
        .isEqualTo("</x?name=%C3%A9%0A&page=2&page_size=1>; rel=\"next\"");
  }
}
