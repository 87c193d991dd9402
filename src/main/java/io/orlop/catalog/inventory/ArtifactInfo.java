package io.orlop.catalog.inventory;

import io.orlop.catalog.artifact.ChildReference;
import io.orlop.catalog.label.Label;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An artifact as people see it.
 *
 * @param repository the name of its repository, project included
 * @param type such as IMAGE or CHART
 * @param mediaType the type of its config; of an index its own
 * @param manifestMediaType the type of its manifest
 * @param size manifest, config and layers; of an index itself and its children
 * @param pulledAt when it was last pulled; null for never
 * @param accessory whether it belongs to another artifact
 * @param config the digest of the config; null if nothing is told of that
 * @param attributes what the config says, as JSON; null if nobody has read it yet
 * @param children what an index names
 * @param childIds the rows of those children that are here, by digest
 * @param tags newest first; null if they were not asked for, as are labels and accessories
 */
public record ArtifactInfo(
    long id,
    long projectId,
    long repositoryId,
    String repository,
    String digest,
    String type,
    String mediaType,
    String manifestMediaType,
    @Nullable String artifactType,
    long size,
    Instant pushedAt,
    @Nullable Instant pulledAt,
    boolean accessory,
    @Nullable String config,
    @Nullable String attributes,
    Map<String, String> annotations,
    List<ChildReference> children,
    Map<String, Long> childIds,
    @Nullable List<TagInfo> tags,
    @Nullable List<Label> labels,
    @Nullable List<AccessoryInfo> accessories) {

  ArtifactInfo with(String read) {
    return new ArtifactInfo(
        id,
        projectId,
        repositoryId,
        repository,
        digest,
        type,
        mediaType,
        manifestMediaType,
        artifactType,
        size,
        pushedAt,
        pulledAt,
        accessory,
        config,
        read,
        annotations,
        children,
        childIds,
        tags,
        labels,
        accessories);
  }
}
