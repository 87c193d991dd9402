package io.orlop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/configuration.md true. To write it anew: {@code ./mvnw test
 * -Dtest=ConfigurationDocsTest -Dorlop.docs=write}.
 */
class ConfigurationDocsTest {
  private static final Path PAGE = Path.of("docs", "configuration.md");
  private static final String BEGIN =
      "<!-- From here on written by ConfigurationDocsTest: change the Javadoc of the settings. -->\n\n";

  @Test
  void documentsEverySettingAndNothingElse() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN);
    assertThat(begin).as("the line that says where the tables begin").isNotNegative();
    String introduction = page.substring(0, begin + BEGIN.length());
    String expected = introduction + ConfigurationDocs.render();
    if ("write".equals(System.getProperty("orlop.docs"))) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE))
        .as("docs/configuration.md; write it anew with -Dorlop.docs=write")
        .isEqualTo(expected);
  }

  @Test
  void knowsTheSettingsWhoseNamesAreFixed() {
    assertThat(ConfigurationDocs.render())
        .contains(
            "`ORLOP_PORT` | `8080`",
            "`ORLOP_DATA` | `data`",
            "`ORLOP_ADMIN_PASSWORD` | none",
            "`ORLOP_DATABASE_URL` | none",
            "`ORLOP_DATABASE_USER` | none",
            "`ORLOP_DATABASE_PASSWORD` | none",
            "`ORLOP_STORAGE_TYPE` | `filesystem`",
            "`ORLOP_HTTP_EXTERNAL_URL` | none",
            "`ORLOP_HTTP_TRUSTED_PROXIES` | none",
            "`ORLOP_MASTER_KEY` | none",
            "`ORLOP_MASTER_KEY_FILE` | none");
  }
}
