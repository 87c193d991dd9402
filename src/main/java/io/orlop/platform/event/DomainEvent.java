package io.orlop.platform.event;

import io.orlop.oci.Digest;
import io.orlop.oci.Reference;
import io.orlop.oci.RepositoryName;
import io.orlop.oci.TagName;
import java.util.OptionalLong;

/**
 * Something that happened. Names are those of that moment: what they name may be gone by the time
 * somebody reads them.
 */
public sealed interface DomainEvent {

  /** Returns the project that it happened in; empty if it is the whole system's affair. */
  OptionalLong project();

  /** What happens to the content of repositories. */
  sealed interface OfRepository extends DomainEvent {
    /** Returns the project. */
    long projectId();

    /** Returns the repository, project included. */
    RepositoryName repository();

    @Override
    default OptionalLong project() {
      return OptionalLong.of(projectId());
    }
  }

  /** What happens to the whole system. */
  sealed interface OfSystem extends DomainEvent {
    @Override
    default OptionalLong project() {
      return OptionalLong.empty();
    }
  }

  /**
   * A manifest was pushed.
   *
   * @param reference as the client named it
   * @param digest the manifest's
   */
  record ArtifactPushed(
      long projectId, RepositoryName repository, Reference reference, Digest digest)
      implements OfRepository {}

  /**
   * A manifest was pulled.
   *
   * @param reference as the client named it
   * @param digest the manifest's
   */
  record ArtifactPulled(
      long projectId, RepositoryName repository, Reference reference, Digest digest)
      implements OfRepository {}

  /** An artifact was deleted, with its tags. */
  record ArtifactDeleted(long projectId, RepositoryName repository, Digest digest)
      implements OfRepository {}

  /** A tag was made, other than by the push of its manifest. */
  record TagCreated(long projectId, RepositoryName repository, TagName tag)
      implements OfRepository {}

  /** A tag was deleted, and its artifact stays. */
  record TagDeleted(long projectId, RepositoryName repository, TagName tag)
      implements OfRepository {}

  /** A repository was deleted with all that was in it. */
  record RepositoryDeleted(long projectId, RepositoryName repository) implements OfRepository {}

  /** A project was made. */
  record ProjectCreated(long projectId, String name) implements DomainEvent {
    @Override
    public OptionalLong project() {
      return OptionalLong.of(projectId);
    }
  }

  /** A project was deleted. */
  record ProjectDeleted(long projectId, String name) implements DomainEvent {
    @Override
    public OptionalLong project() {
      return OptionalLong.of(projectId);
    }
  }

  /**
   * A robot account was made.
   *
   * @param project the project that it belongs to; empty for one of the system
   * @param name the name under which it is stored, without prefix
   */
  record RobotCreated(OptionalLong project, String name) implements DomainEvent {}

  /**
   * A robot account was deleted.
   *
   * @param project the project that it belonged to; empty for one of the system
   * @param name the name under which it was stored, without prefix
   */
  record RobotDeleted(OptionalLong project, String name) implements DomainEvent {}

  /** An account was made. */
  record UserCreated(String username) implements OfSystem {}

  /** An account, its password or its rights were changed. */
  record UserUpdated(String username) implements OfSystem {}

  /** An account was deleted. */
  record UserDeleted(String username) implements OfSystem {}

  /**
   * Somebody signed in with a password or a secret, or tried to.
   *
   * @param username the name that was given
   * @param succeeded whether the password was right
   * @param repeated whether clients do so again and again by themselves, as they do for tokens: of
   *     those only some are of interest
   */
  record SignedIn(String username, boolean succeeded, boolean repeated) implements OfSystem {}

  /** Somebody signed out. */
  record SignedOut(String username) implements OfSystem {}

  /**
   * Settings of the system were changed.
   *
   * @param names which ones, comma-separated
   */
  record ConfigurationUpdated(String names) implements OfSystem {}

  /**
   * Something else was changed by hand: a member, a quota, a label, a role.
   *
   * @param project the project that it belongs to; empty for the system
   * @param operation {@code create}, {@code update} or {@code delete}
   * @param resourceType what kind of thing, such as {@code member}
   * @param resource which one, as people name it
   */
  record Administered(OptionalLong project, String operation, String resourceType, String resource)
      implements DomainEvent {}
}
