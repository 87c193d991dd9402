package io.orlop.api.artifact;

import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiGate;
import io.orlop.api.Changes;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.artifact.ArtifactCopy;
import io.orlop.catalog.inventory.ArtifactInfo;
import io.orlop.catalog.inventory.Details;
import io.orlop.identity.Principal;
import io.orlop.oci.Digest;
import io.orlop.oci.InvalidValueException;
import io.orlop.oci.Reference;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.event.DomainEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is to be copied from where, and sees to it that the caller may read it there. */
@ApplicationScoped
class CopyRequests {
  private final ArtifactFinder finder;
  private final ArtifactCopy copy;
  private final ApiGate gate;
  private final Changes changes;
  private final ApiCall call;

  CopyRequests(
      ArtifactFinder finder, ArtifactCopy copy, ApiGate gate, Changes changes, ApiCall call) {
    this.call = call;
    this.changes = changes;
    this.finder = finder;
    this.copy = copy;
    this.gate = gate;
  }

  /**
   * Copies an artifact.
   *
   * @param from {@code project/repository:tag} or {@code project/repository@digest}
   * @return the reference in it
   */
  String copy(@Nullable String from, Optional<RepositoryRef> target) {
    if (from == null) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("from in query is required");
    }
    Source source = parse(from);
    String project = source.repository().project().value();
    ProjectAccess access =
        gate.require(ProjectPermission.ARTIFACT_READ, project, source.repository().path());
    // Harbor asks robot accounts to read only; everybody else gets no bytes that they could not
    // pull.
    if (!(call.principal() instanceof Principal.RobotPrincipal)) {
      ProjectAccess _ =
          gate.require(ProjectPermission.REPOSITORY_PULL, project, source.repository().path());
    }
    ArtifactInfo artifact =
        finder.require(
            Optional.of(new RepositoryRef(access.projectId(), source.repository())),
            source.repository().value(),
            source.reference().toString(),
            Details.NONE);
    if (artifact.accessory()) {
      throw ErrorCode.DENIED.exception("the operation isn't supported for an artifact accessory");
    }
    RepositoryRef there =
        target.orElseThrow(() -> ErrorCode.BAD_REQUEST.exception("invalid repository name"));
    copy.copy(artifact.id(), there);
    changes.happened(
        new DomainEvent.ArtifactPushed(
            there.projectId(), there.name(), source.reference(), Digest.parse(artifact.digest())));
    return source.reference().toString();
  }

  private record Source(RepositoryName repository, Reference reference) {}

  private static Source parse(String from) {
    int digest = from.indexOf('@');
    int end = digest >= 0 ? digest : from.lastIndexOf(':');
    if (end < 0) {
      throw invalid(from);
    }
    try {
      String name = from.substring(0, end);
      int tag = digest >= 0 ? name.lastIndexOf(':') : -1;
      return new Source(
          new RepositoryName(tag < 0 ? name : name.substring(0, tag)),
          Reference.parse(from.substring(end + 1)));
    } catch (InvalidValueException e) {
      throw invalid(from).causedBy(e);
    }
  }

  private static RegistryException invalid(String from) {
    return ErrorCode.BAD_REQUEST.exception("from in query: invalid input: " + from);
  }
}
