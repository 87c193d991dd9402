package io.orlop.security;

import static io.orlop.testsupport.Api.newProjectRobot;
import static io.orlop.testsupport.Api.newSystemRobot;
import static io.orlop.testsupport.Api.permission;

import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.Api;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.TestRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A project with members of all kinds, at which operations are tried. */
final class SecurityScene {
  private final SecurityTable table;
  private final TestRegistry registry;
  private final Api.Project project;
  private final boolean isPublic;
  private final String sources;
  private final Map<Caller, Account> accounts = new EnumMap<>(Caller.class);
  private final Map<String, Account> holders = new HashMap<>();

  SecurityScene(SecurityTable table, TestRegistry registry, Database database, boolean isPublic) {
    this.table = table;
    this.registry = registry;
    this.isPublic = isPublic;
    this.project = Api.newProject(isPublic);
    this.sources = Api.newProject(true).name() + "/source";
    for (Caller caller : Caller.values()) {
      if (caller.isPerson()) {
        accounts.put(caller, registry.newUser());
      }
    }
    accounts.put(
        Caller.ROBOT_WITHOUT_THE_RIGHT, newProjectRobot(project, "export-cve:read").account());
    join(project);
    allow(database, Caller.AUDITOR, "auditor");
    allow(database, Caller.ADMINISTRATOR, "sysadmin");
  }

  private void allow(Database database, Caller caller, String flag) {
    database.update("UPDATE users SET " + flag + " = true WHERE id = ?", account(caller).id());
  }

  /** Makes everybody a member of a project who is one of the scene's. */
  void join(Api.Project joined) {
    accounts.forEach((caller, account) -> {
      if (caller.roleId() > 0) {
        join(joined, account, caller.roleId());
      }
    });
    int custom = Api.newRole(SecurityTable.OF_CUSTOM_ROLE, List.of("team/**"));
    join(joined, account(Caller.CUSTOM_INSIDE), custom);
    join(joined, account(Caller.CUSTOM_OUTSIDE), custom);
  }

  private static void join(Api.Project joined, Account account, int role) {
    Api.newMember(joined, new Accounts.Account(account.id(), account.name()), role);
  }

  boolean isPublic() {
    return isPublic;
  }

  Api.Project project() {
    return project;
  }

  TestRegistry registry() {
    return registry;
  }

  /** Returns the name of a repository that everybody may pull from. */
  String sources() {
    return sources;
  }

  /** Makes the robot account that is to be let in. */
  void prepare(Operation operation) {
    if (table.isForRobots(operation)) {
      holders.computeIfAbsent(keyOf(operation), _ -> holder(operation));
    }
  }

  /** Returns who a caller is, for an operation. */
  Account account(Operation operation, Caller caller) {
    return caller == Caller.ROBOT_WITH_THE_RIGHT
        ? Objects.requireNonNull(holders.get(keyOf(operation)))
        : account(caller);
  }

  Account account(Caller caller) {
    return Objects.requireNonNull(accounts.get(caller));
  }

  /** Returns somebody who may do everything, and is no caller. */
  RegistryClient owner() {
    return registry.as(registry.administrator());
  }

  private static String keyOf(Operation operation) {
    return SecurityTable.isOfSystem(operation) + operation.pair();
  }

  private Account holder(Operation operation) {
    return newSystemRobot(
            List.of(
                SecurityTable.isOfSystem(operation)
                    ? permission("system", "/", operation.pair())
                    : permission("project", namespace(operation), operation.pair())))
        .account();
  }

  /** A project that is deleted is another one each time. */
  private String namespace(Operation operation) {
    return operation.pair().equals("project:delete") ? "*" : project.name();
  }
}
