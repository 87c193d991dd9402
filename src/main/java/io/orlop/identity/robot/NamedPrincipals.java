package io.orlop.identity.robot;

import io.orlop.identity.Principal;
import io.orlop.identity.UserService;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Finds people and robot accounts by the names that they sign in with. */
@ApplicationScoped
public class NamedPrincipals {
  private final UserService users;
  private final RobotNames names;
  private final RobotCredentials robots;
  private final Database database;

  NamedPrincipals(UserService users, RobotNames names, RobotCredentials robots, Database database) {
    this.users = users;
    this.names = names;
    this.robots = robots;
    this.database = database;
  }

  /** Finds somebody by name; robot accounts also if they may not sign in at the moment. */
  public Optional<Principal> find(String name) {
    return names
        .stored(name)
        .flatMap(robots::find)
        .<Principal>map(RobotCredentials.Credential::principal)
        .or(() -> user(name));
  }

  private Optional<Principal> user(String name) {
    return database
        .first("SELECT id FROM users WHERE username = ?", row -> row.getLong(1), name)
        .flatMap(users::find)
        .<Principal>map(user -> user);
  }
}
