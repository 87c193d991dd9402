package io.orlop.api;

import io.orlop.access.ProjectAccess;
import io.orlop.identity.Principal;
import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who makes this request. */
@RequestScoped
public class ApiCall {
  private Principal principal = Principal.ANONYMOUS;
  private String address = "";
  private boolean session;
  private @Nullable ProjectAccess project;
  private @Nullable String repository;

  void madeBy(Principal who, String from) {
    principal = who;
    address = from;
  }

  void works(ProjectAccess where) {
    project = where;
  }

  void works(ProjectAccess where, String path) {
    project = where;
    repository = where.name() + "/" + path;
  }

  /**
   * Returns the name of the repository in the path, its project's before it. It is what the client
   * wrote, so it may be no name that a repository can have.
   */
  public String repository() {
    return Objects.requireNonNull(repository, "The endpoint works on no repository");
  }

  /** Returns the project in the path, and what the caller may do there. */
  public ProjectAccess project() {
    return Objects.requireNonNull(project, "The endpoint works in no project");
  }

  /** Returns the caller; anonymous if nobody signed in or the credentials are wrong. */
  public Principal principal() {
    return principal;
  }

  /** Notes that a cookie of a session came along, whether it lives or not. */
  void carriesSession() {
    session = true;
  }

  /** Tells whether a cookie of a session came along, which browsers send and programs do not. */
  public boolean isFromBrowser() {
    return session;
  }

  /** Returns where the client is. */
  public String address() {
    return address;
  }

  /** Tells whether the caller is nobody in particular. */
  public boolean isAnonymous() {
    return principal() instanceof Principal.Anonymous;
  }
}
