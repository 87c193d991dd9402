package io.orlop.system.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class DatabaseSettingsTest {
  @Inject DataSource dataSource;

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "data_checksums, on",
    "listen_addresses, 127.0.0.1",
    "server_encoding, UTF8",
    "password_encryption, scram-sha-256",
  })
  void keepsWhatWasAcknowledgedAndAnswersThisMachineOnly(String setting, String value)
      throws SQLException {
    assertThat(query("SHOW " + setting)).isEqualTo(value);
  }

  @Test
  void connectsAsRoleWithoutSuperuserRights() throws SQLException {
    assertThat(query("SHOW is_superuser")).isEqualTo("off");
  }

  private String query(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
