package io.orlop.catalog.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signature, an SBOM or whatever else belongs to an artifact.
 *
 * @param artifactId its own row; also its id as an accessory
 * @param subjectId the artifact that it belongs to; null if that is not here
 * @param subjectDigest the digest of what it belongs to
 * @param repository the repository that both are in, project included
 * @param type what it is to its subject, such as {@code signature.cosign}
 */
public record AccessoryInfo(
    long artifactId,
    @Nullable Long subjectId,
    String subjectDigest,
    String repository,
    long size,
    String digest,
    String type,
    Instant createdAt) {}
