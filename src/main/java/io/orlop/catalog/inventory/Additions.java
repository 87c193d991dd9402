package io.orlop.catalog.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.catalog.blob.BlobInfo;
import io.orlop.oci.Digest;
import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What more can be asked of an artifact: an image's history, and what is in a chart. */
@ApplicationScoped
public class Additions {
  /** What can be asked of some artifact, now or later. */
  private static final List<String> KNOWN =
      List.of(
          "build_history", "values.yaml", "readme.md", "dependencies", "sbom", "license", "files");

  private static final String JSON = "application/json; charset=utf-8";

  private final ConfigBlobs blobs;
  private final ConfigAttributes attributes;
  private final ChartFiles charts;

  Additions(ConfigBlobs blobs, ConfigAttributes attributes, ChartFiles charts) {
    this.blobs = blobs;
    this.attributes = attributes;
    this.charts = charts;
  }

  /** An answer. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Addition(String contentType, byte[] content) {}

  /** Returns what can be asked of an artifact. */
  public static List<String> of(ArtifactInfo artifact) {
    if (artifact.config() == null) {
      return List.of();
    }
    return switch (artifact.type()) {
      case "IMAGE" -> List.of("build_history");
      case "CHART" -> List.of("values.yaml", "readme.md", "dependencies");
      default -> List.of();
    };
  }

  /**
   * Requires a name that means something.
   *
   * @throws io.orlop.platform.error.RegistryException UNPROCESSABLE_ENTITY
   */
  public static void requireKnown(String name) {
    if (!KNOWN.contains(name)) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("addition in path should be one of " + KNOWN);
    }
  }

  /**
   * Reads an addition.
   *
   * @throws io.orlop.platform.error.RegistryException BAD_REQUEST if artifacts of this type have
   *     none of this name
   */
  public Addition read(ArtifactInfo artifact, String name) {
    if (!of(artifact).contains(name)) {
      throw ErrorCode.BAD_REQUEST.exception(
          "addition " + name + " isn't supported for " + artifact.type());
    }
    return switch (name) {
      case "build_history" -> new Addition(JSON, member(artifact, "history"));
      case "dependencies" -> new Addition(JSON, member(artifact, "dependencies"));
      case "values.yaml" ->
          new Addition("text/plain; charset=utf-8", charts.read(artifact, "values.yaml"));
      default -> new Addition("text/markdown; charset=utf-8", charts.read(artifact, "readme.md"));
    };
  }

  private byte[] member(ArtifactInfo artifact, String name) {
    Optional<BlobInfo> config =
        Optional.ofNullable(artifact.config())
            .flatMap(digest -> blobs.find(artifact.repositoryId(), Digest.parse(digest)));
    Optional<JsonNode> member =
        config.flatMap(blobs::read).map(bytes -> attributes.member(bytes, name));
    return member
        .filter(JsonNode::isArray)
        .map(JsonNode::toString)
        .orElse("[]")
        .getBytes(StandardCharsets.UTF_8);
  }
}
