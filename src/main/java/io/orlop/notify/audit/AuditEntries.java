package io.orlop.notify.audit;

import io.orlop.oci.Reference;
import io.orlop.platform.event.Actor;
import io.orlop.platform.event.DomainEvent;
import io.orlop.platform.event.DomainEvent.Administered;
import io.orlop.platform.event.DomainEvent.ArtifactDeleted;
import io.orlop.platform.event.DomainEvent.ArtifactPulled;
import io.orlop.platform.event.DomainEvent.ArtifactPushed;
import io.orlop.platform.event.DomainEvent.ConfigurationUpdated;
import io.orlop.platform.event.DomainEvent.OfRepository;
import io.orlop.platform.event.DomainEvent.ProjectCreated;
import io.orlop.platform.event.DomainEvent.ProjectDeleted;
import io.orlop.platform.event.DomainEvent.RepositoryDeleted;
import io.orlop.platform.event.DomainEvent.RobotCreated;
import io.orlop.platform.event.DomainEvent.RobotDeleted;
import io.orlop.platform.event.DomainEvent.SignedIn;
import io.orlop.platform.event.DomainEvent.SignedOut;
import io.orlop.platform.event.DomainEvent.TagCreated;
import io.orlop.platform.event.DomainEvent.TagDeleted;
import io.orlop.platform.event.DomainEvent.UserCreated;
import io.orlop.platform.event.DomainEvent.UserDeleted;
import io.orlop.platform.event.DomainEvent.UserUpdated;
import io.orlop.platform.event.Occurrence;

/** Says what happened in the words of Harbor's log, which scripts look for. */
final class AuditEntries {
  private static final String ANONYMOUS = "anonymous";

  private AuditEntries() {}

  static AuditEntry of(Occurrence occurrence) {
    DomainEvent event = occurrence.event();
    return switch (event) {
      case ArtifactPushed it -> entry(occurrence, "create", "artifact", name(it, it.reference()));
      case ArtifactPulled it -> entry(occurrence, "pull", "artifact", name(it, it.reference()));
      case ArtifactDeleted it ->
          entry(occurrence, "delete", "artifact", it.repository() + "@" + it.digest());
      case TagCreated it -> entry(occurrence, "create", "tag", it.repository() + ":" + it.tag());
      case TagDeleted it -> entry(occurrence, "delete", "tag", it.repository() + ":" + it.tag());
      case RepositoryDeleted it ->
          entry(occurrence, "delete", "repository", it.repository().value());
      case ProjectCreated it -> entry(occurrence, "create", "project", it.name());
      case ProjectDeleted it -> entry(occurrence, "delete", "project", it.name());
      case RobotCreated it -> entry(occurrence, "create", "robot", it.name());
      case RobotDeleted it -> entry(occurrence, "delete", "robot", it.name());
      case UserCreated it -> entry(occurrence, "create", "user", it.username());
      case UserUpdated it -> entry(occurrence, "update", "user", it.username());
      case UserDeleted it -> entry(occurrence, "delete", "user", it.username());
      case SignedIn it -> signedIn(occurrence, it);
      case SignedOut it -> entry(occurrence, "logout", "user", it.username());
      case ConfigurationUpdated _ -> entry(occurrence, "update", "configuration", "configuration");
      case Administered it -> entry(occurrence, it.operation(), it.resourceType(), it.resource());
    };
  }

  private static AuditEntry signedIn(Occurrence occurrence, SignedIn event) {
    return new AuditEntry(
        occurrence.at(),
        event.project(),
        named(occurrence.actor(), event.username()),
        "login",
        "user",
        event.username(),
        event.succeeded());
  }

  private static AuditEntry entry(
      Occurrence occurrence, String operation, String resourceType, String resource) {
    Actor actor = occurrence.actor();
    return new AuditEntry(
        occurrence.at(),
        occurrence.event().project(),
        actor.name().isEmpty() ? named(actor, ANONYMOUS) : actor,
        operation,
        resourceType,
        resource,
        true);
  }

  private static String name(OfRepository event, Reference reference) {
    return switch (reference) {
      case Reference.ByTag byTag -> event.repository() + ":" + byTag.name();
      case Reference.ByDigest byDigest -> event.repository() + "@" + byDigest.digest();
    };
  }

  private static Actor named(Actor actor, String name) {
    return new Actor(
        name,
        actor.method(),
        actor.address(),
        actor.userAgent(),
        actor.requestId(),
        actor.robotId(),
        actor.tokenId());
  }
}
