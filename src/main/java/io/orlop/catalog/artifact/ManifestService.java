package io.orlop.catalog.artifact;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.oci.Manifest;
import io.orlop.oci.ManifestParser;
import io.orlop.oci.MediaType;
import io.orlop.oci.Reference;
import io.orlop.oci.TagName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.event.DomainEvent;
import io.orlop.platform.event.DomainEvents;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps manifests exactly as they are pushed, and the tags that point to them.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests">distribution-spec,
 *     pushing manifests</a>
 */
@ApplicationScoped
public class ManifestService {
  /** Most manifests have fewer; larger ones are read apart, by those who have room for them. */
  public static final int ORDINARY_BYTES = 64 * 1024;

  private final Database database;
  private final Repositories repositories;
  private final ArtifactWriter writer;
  private final ManifestLookup lookup;
  private final TagWriter tags;
  private final ArtifactDeletion deletion;
  private final DomainEvents events;

  ManifestService(
      Database database,
      Repositories repositories,
      ArtifactWriter writer,
      ManifestLookup lookup,
      TagWriter tags,
      ArtifactDeletion deletion,
      DomainEvents events) {
    this.tags = tags;
    this.deletion = deletion;
    this.events = events;
    this.database = database;
    this.repositories = repositories;
    this.writer = writer;
    this.lookup = lookup;
  }

  /**
   * A manifest that was accepted.
   *
   * @param digest its digest, of the algorithm that the client used
   * @param subject the digest of the manifest that it refers to
   * @param tags the tags that now point to it
   */
  public record Pushed(Digest digest, Optional<Digest> subject, SortedSet<TagName> tags) {}

  /**
   * Takes in a manifest.
   *
   * @param reference the digest that the body must have, or the first of the tags
   * @param moreTags further tags to point to it
   * @param contentType the media type that the client announced
   * @throws io.orlop.platform.error.RegistryException MANIFEST_BLOB_UNKNOWN with one entry for each
   *     blob that the repository lacks, DIGEST_INVALID
   * @throws io.orlop.oci.InvalidManifestException if the body breaks its media type's rules
   */
  public Pushed push(
      RepositoryRef repository,
      Reference reference,
      SortedSet<TagName> moreTags,
      @Nullable MediaType contentType,
      byte[] body) {
    SortedSet<TagName> tags = new TreeSet<>(moreTags);
    Digest digest =
        switch (reference) {
          case Reference.ByDigest byDigest -> requireMatch(byDigest.digest(), body);
          case Reference.ByTag byTag -> {
            tags.add(byTag.name());
            yield Digest.of(DigestAlgorithm.SHA256, body);
          }
        };
    Manifest manifest = ManifestParser.parse(body, contentType);
    writer.write(repository, new NewArtifact(digest, manifest, body, tags));
    events.happened(
        new DomainEvent.ArtifactPushed(
            repository.projectId(), repository.name(), reference, digest));
    return new Pushed(
        digest, Optional.ofNullable(manifest.subject()).map(subject -> subject.digest()), tags);
  }

  /**
   * A manifest that was found.
   *
   * @param stat what it is
   * @param bytes the body exactly as it was pushed; absent if it is larger than {@link
   *     #ORDINARY_BYTES}, or was not asked for
   */
  public record Found(ManifestStat stat, Optional<byte[]> bytes) {}

  /**
   * Reads a manifest by at most one statement, without its bytes if it is not an ordinary one.
   *
   * @throws io.orlop.platform.error.RegistryException NAME_UNKNOWN or MANIFEST_UNKNOWN
   */
  public Found find(RepositoryRef repository, Reference reference) {
    return lookup.find(repository, reference).orElseThrow(() -> absent(repository, reference));
  }

  /**
   * Reads a manifest without waiting for anything: what it is, and its bytes if they are at hand;
   * empty if the database has to be asked.
   */
  public Optional<Found> remembered(RepositoryRef repository, Reference reference) {
    return lookup.remembered(repository, reference);
  }

  /** Reads what a client learns of a manifest without its bytes. */
  public ManifestStat stat(RepositoryRef repository, Reference reference) {
    return lookup.stat(repository, reference).orElseThrow(() -> absent(repository, reference));
  }

  /** Reads the bytes of a manifest, however large it is. */
  public byte[] bytes(RepositoryRef repository, Digest digest) {
    return database
        .first(
            """
            SELECT a.manifest FROM repository r
              JOIN artifact a ON a.repository_id = r.id AND a.digest = ?
             WHERE r.project_id = ? AND r.name = ?
            """,
            row -> row.getBytes(1),
            digest.toString(),
            repository.projectId(),
            repository.name().value())
        .orElseThrow(() -> absent(repository, new Reference.ByDigest(digest)));
  }

  /**
   * Deletes a tag alone, or a manifest with all its tags and accessories.
   *
   * @throws io.orlop.platform.error.RegistryException MANIFEST_REFERENCED if an index names the
   *     manifest
   */
  public void delete(RepositoryRef repository, Reference reference) {
    long repositoryId = repositories.require(repository);
    boolean deleted =
        switch (reference) {
          case Reference.ByTag byTag -> tags.delete(repositoryId, byTag.name());
          case Reference.ByDigest byDigest ->
              deletion.delete(repositoryId, byDigest.digest(), ArtifactDeletion.Belongings.STAY);
        };
    if (!deleted) {
      throw absent(repository, reference);
    }
    events.happened(
        switch (reference) {
          case Reference.ByTag byTag ->
              new DomainEvent.TagDeleted(repository.projectId(), repository.name(), byTag.name());
          case Reference.ByDigest byDigest ->
              new DomainEvent.ArtifactDeleted(
                  repository.projectId(), repository.name(), byDigest.digest());
        });
  }

  private static Digest requireMatch(Digest announced, byte[] body) {
    Digest actual = Digest.of(announced.algorithm(), body);
    if (!actual.equals(announced)) {
      throw ErrorCode.DIGEST_INVALID.exception(
          "the manifest sent has the digest " + actual + ", not " + announced,
          Map.of("digest", announced.toString()));
    }
    return actual;
  }

  private RuntimeException absent(RepositoryRef repository, Reference reference) {
    if (repositories.find(repository).isEmpty()) {
      return Repositories.unknown(repository.name());
    }
    return ErrorCode.MANIFEST_UNKNOWN.exception(
        "manifest " + reference + " not found in " + repository,
        Map.of("name", repository.name().value(), "reference", reference.toString()));
  }
}
