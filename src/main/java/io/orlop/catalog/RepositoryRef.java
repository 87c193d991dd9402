package io.orlop.catalog;

import io.orlop.oci.RepositoryName;

/**
 * A repository that a caller was authorised for.
 *
 * @param projectId the project that the authorisation was about: a project of the same name that
 *     was made later is another one
 * @param name the whole name, project included; the repository need not exist yet
 */
public record RepositoryRef(long projectId, RepositoryName name) {
  @Override
  public String toString() {
    return name.value();
  }
}
