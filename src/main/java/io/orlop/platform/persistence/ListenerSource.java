package io.orlop.platform.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes connections that are kept open to listen, beside those of the pool. */
@ApplicationScoped
class ListenerSource {
  private static final int SECONDS_TO_CONNECT = 5;

  private final PGSimpleDataSource source = new PGSimpleDataSource();

  ListenerSource(
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
      @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
    source.setURL(url);
    user.ifPresent(source::setUser);
    password.ifPresent(source::setPassword);
    source.setTcpKeepAlive(true);
    source.setConnectTimeout(SECONDS_TO_CONNECT);
    source.setLoginTimeout(SECONDS_TO_CONNECT);
  }

  /**
   * Connects.
   *
   * @param name what those see who look which connections there are
   */
  Connection connect(String name) throws SQLException {
    Connection connection = source.getConnection();
    try {
      connection.setClientInfo("ApplicationName", name);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
