package io.orlop.testsupport;

import io.orlop.access.MembershipService;
import io.orlop.access.Role;
import io.orlop.catalog.project.ProjectService;
import io.orlop.identity.UserService;
import io.orlop.oci.ProjectName;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.ConfigProvider;

/** The registry under test: who uses it, and what is in it. Every name that it makes is new. */
@ApplicationScoped
public class TestRegistry {
  private final UserService users;
  private final ProjectService projects;
  private final MembershipService memberships;
  private final AtomicLong names = new AtomicLong();
  private volatile Optional<Account> administrator = Optional.empty();
  private volatile Optional<Account> maintainer = Optional.empty();

  TestRegistry(UserService users, ProjectService projects, MembershipService memberships) {
    this.users = users;
    this.projects = projects;
    this.memberships = memberships;
  }

  /** A project that was just made. */
  public record NewProject(long id, String name) {}

  /** Returns the address of the registry. */
  public URI url() {
    return URI.create("http://localhost:" + port());
  }

  /** Returns the port of the registry. */
  public int port() {
    return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
  }

  /** Makes an account without any right. */
  public Account newUser() {
    return newUser(false);
  }

  /** Returns an account that may do everything. */
  public synchronized Account administrator() {
    Account account = administrator.orElseGet(() -> newUser(true));
    administrator = Optional.of(account);
    return account;
  }

  /** Makes a project that only its members may pull from. */
  public NewProject newPrivateProject() {
    return newProject("private", false);
  }

  /** Makes a project that everybody may pull from. */
  public NewProject newPublicProject() {
    return newProject("public", true);
  }

  /** Makes a project of a given name. */
  public NewProject newProjectNamed(String name, boolean isPublic) {
    return new NewProject(projects.create(new ProjectName(name), isPublic, Optional.empty()), name);
  }

  /** Deletes a project. */
  public void delete(NewProject project) {
    projects.delete(project.id());
  }

  /** Makes an account a member of a project. */
  public void assign(NewProject project, Account account, Role role) {
    memberships.assign(project.id(), account.id(), role);
  }

  /** Makes an account that is a member of a project. */
  public Account newMember(NewProject project, Role role) {
    Account account = newUser();
    assign(project, account, role);
    return account;
  }

  /** Ends a membership. */
  public void expel(NewProject project, Account account) {
    memberships.remove(project.id(), account.id());
  }

  /** Changes somebody's password. */
  public Account changePassword(Account account) {
    String password = "changed-" + names.incrementAndGet();
    users.changePassword(account.id(), password);
    return new Account(account.id(), account.name(), password);
  }

  /** Returns a client that shows no credentials. */
  public RegistryClient anonymous() {
    return new RegistryClient(url(), Optional.empty());
  }

  /** Returns a client that shows an account's password. */
  public RegistryClient as(Account account) {
    return anonymous().authorization(RegistryClient.basic(account.name(), account.password()));
  }

  /** Returns a new repository in a new private project, as its maintainer sees it. */
  public RepositoryClient newRepository() {
    NewProject project = newPrivateProject();
    assign(project, maintainer(), Role.MAINTAINER);
    return as(maintainer()).repository(project.name() + "/app");
  }

  /** Returns somebody who maintains every repository of {@link #newRepository}. */
  public synchronized Account maintainer() {
    Account account = maintainer.orElseGet(this::newUser);
    maintainer = Optional.of(account);
    return account;
  }

  /** Makes a name that no other test uses. */
  public String newName(String prefix) {
    return prefix + "-" + names.incrementAndGet();
  }

  private NewProject newProject(String prefix, boolean isPublic) {
    return newProjectNamed(newName(prefix), isPublic);
  }

  private Account newUser(boolean systemAdministrator) {
    String name = newName("user");
    String password = "secret-of-" + name;
    return new Account(users.create(name, password, systemAdministrator), name, password);
  }
}
