package io.orlop.catalog.project;

import io.orlop.oci.ProjectName;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A project that is about to be made.
 *
 * @param metadata what is set for it, but for whether it is public
 * @param storageLimit its quota in bytes, -1 for none; empty for what new projects get
 */
public record NewProject(
    ProjectName name,
    boolean isPublic,
    Map<MetadataKey, String> metadata,
    OptionalLong storageLimit) {

  /** A project with nothing in particular. */
  public NewProject(ProjectName name, boolean isPublic) {
    this(name, isPublic, Map.of(), OptionalLong.empty());
  }
}
