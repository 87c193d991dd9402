package io.orlop.identity.robot;

import io.orlop.identity.Principal;
import io.orlop.platform.http.Network;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.JointQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what robot accounts sign in with, as the database has it at that moment. */
@ApplicationScoped
class RobotCredentials {
  private static final String FIND =
      """
      SELECT r.id, r.name, r.project_id, r.credential_version, r.addresses,
             NOT r.disabled AND (r.expires_at IS NULL OR r.expires_at > now()) AS live,
             ARRAY(SELECT s.id || ' ' || s.hash FROM robot_secret s
                    WHERE s.robot_id = r.id AND (s.expires_at IS NULL OR s.expires_at > now())
                    ORDER BY s.hash LIKE 'sha256:%' DESC, s.id DESC) AS secrets
        FROM unnest(?::text[]) WITH ORDINALITY AS q (name, n) JOIN robot r ON r.name = q.name
      """
          + Database.ONE_PLAN;

  private final Database database;
  private final RobotNames names;
  private final JointQuery<String, Optional<Credential>> byName;

  RobotCredentials(Database database, RobotNames names) {
    this.database = database;
    this.names = names;
    this.byName = database.jointly(this::named);
  }

  /** A secret that lives, as it is kept. */
  record Secret(long id, String hash) {}

  /**
   * What an account signs in with.
   *
   * @param name the stored name
   * @param live whether it is neither disabled nor expired
   * @param networks where it may come from; empty for everywhere
   * @param secrets those that are checked fast first, so that no other is checked in vain
   */
  record Credential(
      String name,
      Principal.RobotPrincipal principal,
      boolean live,
      List<Network> networks,
      List<Secret> secrets) {

    /** Tells whether the account may come from an address; nobody knows an unknown one. */
    boolean welcomes(Optional<InetAddress> address) {
      return networks.isEmpty()
          || address
              .filter(known -> networks.stream().anyMatch(network -> network.contains(known)))
              .isPresent();
    }
  }

  /** Finds an account by its stored name. */
  Optional<Credential> find(String stored) {
    // The database takes no NUL, so nobody's name has one.
    return stored.indexOf('\0') < 0 ? byName.ask(stored) : Optional.empty();
  }

  private List<Optional<Credential>> named(List<String> stored) {
    Map<String, Credential> found = new HashMap<>();
    database
        .list(FIND, this::credential, stored)
        .forEach(credential -> found.put(credential.name(), credential));
    return stored.stream().map(name -> Optional.ofNullable(found.get(name))).toList();
  }

  private Credential credential(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return new Credential(
        name,
        new Principal.RobotPrincipal(
            row.getLong("id"),
            names.full(name),
            row.getObject("project_id", Long.class),
            row.getInt("credential_version")),
        row.getBoolean("live"),
        RobotRows.texts(row, "addresses").stream().map(Network::parse).toList(),
        secrets(RobotRows.texts(row, "secrets")));
  }

  private static List<Secret> secrets(List<String> texts) {
    List<Secret> secrets = new ArrayList<>();
    for (String text : texts) {
      int space = text.indexOf(' ');
      secrets.add(new Secret(Long.parseLong(text.substring(0, space)), text.substring(space + 1)));
    }
    return secrets;
  }
}
