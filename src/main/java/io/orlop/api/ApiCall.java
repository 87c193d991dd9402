package io.orlop.api;

import io.orlop.access.ProjectAccess;
import io.orlop.identity.Caller;
import io.orlop.identity.Principal;
import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who makes this request. */
@RequestScoped
public class ApiCall {
  private Caller caller = Caller.anonymous("");
  private boolean session;
  private @Nullable ProjectAccess project;
  private @Nullable String repository;

  void madeBy(Caller who) {
    caller = who;
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
    return caller.principal();
  }

  /** Notes that a cookie of a session came along, whether it lives or not. */
  void carriesSession() {
    session = true;
  }

  /** Tells whether a cookie of a session came along, which browsers send and programs do not. */
  public boolean isFromBrowser() {
    return session;
  }

  /** Returns the caller, how that was shown, and from where it calls. */
  public Caller caller() {
    return caller;
  }

  /** Tells whether the caller is nobody in particular. */
  public boolean isAnonymous() {
    return principal() instanceof Principal.Anonymous;
  }
}
