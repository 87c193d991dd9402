package io.orlop.api.artifact;

import io.orlop.api.ApiCall;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.inventory.ArtifactInfo;
import io.orlop.catalog.inventory.ArtifactQueries;
import io.orlop.catalog.inventory.Details;
import io.orlop.oci.InvalidNameException;
import io.orlop.oci.InvalidValueException;
import io.orlop.oci.Reference;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Finds what the path of a request names. What cannot be a name names nothing. */
@ApplicationScoped
class ArtifactFinder {
  private final ArtifactQueries artifacts;
  private final ApiCall call;

  ArtifactFinder(ArtifactQueries artifacts, ApiCall call) {
    this.artifacts = artifacts;
    this.call = call;
  }

  /** Returns the repository in the path, which need not exist; empty if it cannot. */
  Optional<RepositoryRef> repository() {
    return repository(call.project().projectId(), call.repository());
  }

  /** Returns a repository by its whole name. */
  static Optional<RepositoryRef> repository(long projectId, String name) {
    try {
      return Optional.of(new RepositoryRef(projectId, new RepositoryName(name)));
    } catch (InvalidNameException _) {
      return Optional.empty();
    }
  }

  /** Finds the artifact in the path by its tag or digest. */
  ArtifactInfo require(String reference, Details details) {
    return require(repository(), call.repository(), reference, details);
  }

  /** Finds an artifact of any repository. */
  ArtifactInfo require(
      Optional<RepositoryRef> repository, String name, String reference, Details details) {
    return repository
        .flatMap(where -> parse(reference).flatMap(what -> artifacts.find(where, what, details)))
        .orElseThrow(() ->
            ErrorCode.NOT_FOUND.exception(
                "artifact "
                    + name
                    + (reference.indexOf(':') >= 0 ? "@" : ":")
                    + reference
                    + " not found"));
  }

  private static Optional<Reference> parse(String reference) {
    try {
      return Optional.of(Reference.parse(reference));
    } catch (InvalidValueException _) {
      return Optional.empty();
    }
  }
}
