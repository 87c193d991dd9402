package io.orlop.api.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.api.label.LabelResponse;
import io.orlop.catalog.inventory.Additions;
import io.orlop.catalog.inventory.ArtifactInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An artifact in the contract's words.
 *
 * @param extraAttrs what its config says, as JSON
 * @param scanOverview what scanners found; left out, as nothing scans yet
 * @param sbomOverview how its list of contents is made; left out likewise
 */
@JsonNaming(SnakeCaseStrategy.class)
record ArtifactResponse(
    long id,
    String type,
    String mediaType,
    String manifestMediaType,
    @OmitEmpty String artifactType,
    long projectId,
    long repositoryId,
    String repositoryName,
    String digest,
    long size,
    String icon,
    Instant pushTime,
    Instant pullTime,
    @Schema(type = SchemaType.OBJECT) @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String extraAttrs,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> annotations,
    List<ReferenceResponse> references,
    List<TagResponse> tags,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, AdditionLink> additionLinks,
    List<LabelResponse> labels,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> scanOverview,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SbomOverview sbomOverview,
    List<AccessoryResponse> accessories) {

  private static final String NOTHING = "{}";

  /** How a list of an artifact's contents was made. */
  @JsonNaming(SnakeCaseStrategy.class)
  record SbomOverview(
      Instant startTime,
      Instant endTime,
      String scanStatus,
      String sbomDigest,
      String reportId,
      long duration,
      Scanner scanner) {

    /** Who made it. */
    record Scanner(String name, String vendor, String version) {}
  }

  /** Where more is told of an artifact. */
  record AdditionLink(String href, boolean absolute) {}

  /** Writes an artifact; {@code prefix} comes before every path of the server. */
  static ArtifactResponse of(ArtifactInfo artifact, String prefix) {
    return new ArtifactResponse(
        artifact.id(),
        artifact.type(),
        artifact.mediaType(),
        artifact.manifestMediaType(),
        Objects.requireNonNullElse(artifact.artifactType(), ""),
        artifact.projectId(),
        artifact.repositoryId(),
        artifact.repository(),
        artifact.digest(),
        artifact.size(),
        Icons.of(artifact.type()),
        artifact.pushedAt(),
        Times.orNever(artifact.pulledAt()),
        NOTHING.equals(artifact.attributes()) ? null : artifact.attributes(),
        artifact.annotations(),
        all(artifact.children(), child -> ReferenceResponse.of(artifact, child)),
        all(artifact.tags(), TagResponse::of),
        additions(artifact, prefix),
        all(artifact.labels(), LabelResponse::of),
        null,
        null,
        all(artifact.accessories(), AccessoryResponse::of));
  }

  private static <T, R> List<R> all(@Nullable List<T> items, Function<T, R> mapper) {
    return items == null ? List.of() : items.stream().map(mapper).toList();
  }

  private static Map<String, AdditionLink> additions(ArtifactInfo artifact, String prefix) {
    int slash = artifact.repository().indexOf('/');
    String path =
        "%s/api/v2.0/projects/%s/repositories/%s/artifacts/%s/additions/"
            .formatted(
                prefix,
                artifact.repository().substring(0, slash),
                escapedTwice(artifact.repository().substring(slash + 1)),
                artifact.digest());
    Map<String, AdditionLink> links = new LinkedHashMap<>();
    Additions.of(artifact).forEach(name -> links.put(name, new AdditionLink(path + name, false)));
    return links;
  }

  private static String escapedTwice(String name) {
    String once = URLEncoder.encode(name, StandardCharsets.UTF_8);
    return URLEncoder.encode(once, StandardCharsets.UTF_8);
  }
}
