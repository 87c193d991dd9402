package io.orlop.catalog.artifact;

import io.orlop.catalog.ContentChanges;
import io.orlop.oci.Digest;
import io.orlop.oci.TagName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Deletes artifacts, whoever asks for it: the one place where a project comes to use less.
 *
 * <p>With an artifact go its tags and labels, and what belongs to it if the caller wants that.
 * Bytes stay: garbage collection frees them when nothing names them any more.
 */
@ApplicationScoped
public class ArtifactDeletion {
  /** Names the artifact {@code a}; a fallback tag's index only lists referrers, it owns none. */
  private static final String OWNER =
      """
      SELECT FROM artifact_child c
       WHERE c.repository_id = a.repository_id AND c.child_digest = a.digest
         AND NOT c.parent_id = ANY (?)
         AND NOT EXISTS (SELECT FROM tag t WHERE t.artifact_id = c.parent_id AND t.name ~ ?)
      """;

  private final Database database;
  private final ListedArtifacts listed;
  private final ContentChanges changes;

  ArtifactDeletion(Database database, ListedArtifacts listed, ContentChanges changes) {
    this.changes = changes;
    this.database = database;
    this.listed = listed;
  }

  /** What happens to what belongs to a deleted artifact: its accessories, an index's children. */
  public enum Belongings {
    /** They stay, as the distribution-spec has it: a referrer may outlive its subject. */
    STAY,
    /** They go, as in Harbor, but for children that have a tag or that another index names. */
    GO
  }

  /**
   * Deletes an artifact.
   *
   * @return false if it is not here
   * @throws io.orlop.platform.error.RegistryException MANIFEST_REFERENCED if an index names it
   */
  public boolean delete(long repositoryId, Digest digest, Belongings belongings) {
    Removal removal = remove(repositoryId, digest, belongings);
    listed.correct(repositoryId, removal.orphans());
    return removal.found();
  }

  /**
   * What was deleted.
   *
   * @param orphans children of deleted indexes that stayed
   */
  private record Removal(boolean found, List<Long> orphans) {}

  private Removal remove(long repositoryId, Digest digest, Belongings belongings) {
    Map<Long, String> going = root(repositoryId, digest);
    if (going.isEmpty()) {
      return new Removal(false, List.of());
    }
    requireUnowned(going);
    long root = going.keySet().iterator().next();
    for (int before = 0; before < going.size() && belongings == Belongings.GO; ) {
      before = going.size();
      going.putAll(accessories(repositoryId, going));
      going.putAll(children(going));
    }
    return delete(repositoryId, going.keySet(), root);
  }

  /**
   * Deletes artifacts. What another deletion waits for, such as the links of blobs that many images
   * share, is locked for no longer than that takes.
   *
   * @param root without which nothing is deleted: then somebody else was quicker; or null
   */
  private Removal delete(long repositoryId, Collection<Long> artifacts, @Nullable Long root) {
    return changes
        .changing(
            repositoryId,
            () ->
                database.firstDurably(
                    "SELECT lazily, done, orphans FROM artifacts_delete(?, ?, ?)",
                    row ->
                        new Removal(
                            row.getBoolean("done"),
                            List.of((Long[]) row.getArray("orphans").getArray())),
                    repositoryId,
                    ids(artifacts),
                    root))
        .orElseThrow();
  }

  /**
   * Deletes some of a repository's artifacts, whatever names them.
   *
   * @return how many; 0 if there are none left
   */
  public int deleteSome(long repositoryId, int atMost) {
    List<Long> going =
        database.list(
            "SELECT id FROM artifact WHERE repository_id = ? ORDER BY id LIMIT ?",
            row -> row.getLong(1),
            repositoryId,
            atMost);
    if (!going.isEmpty()) {
      Removal _ = delete(repositoryId, going, null);
    }
    return going.size();
  }

  private Map<Long, String> root(long repositoryId, Digest digest) {
    return byId(
        "SELECT id, digest FROM artifact WHERE repository_id = ? AND digest = ?",
        repositoryId,
        digest.toString());
  }

  private void requireUnowned(Map<Long, String> root) {
    boolean owned =
        database.exists(
            "SELECT FROM artifact a WHERE a.id = ANY (?) AND EXISTS (" + OWNER + ")",
            ids(root.keySet()),
            new long[0],
            TagName.FALLBACK_GRAMMAR);
    if (owned) {
      throw ErrorCode.MANIFEST_REFERENCED.exception();
    }
  }

  private Map<Long, String> accessories(long repositoryId, Map<Long, String> going) {
    return byId(
        "SELECT a.id, a.digest FROM artifact a WHERE a.repository_id = ?"
            + " AND a.accessory_of = ANY (?) AND NOT EXISTS ("
            + OWNER
            + ")",
        repositoryId,
        going.values(),
        ids(going.keySet()),
        TagName.FALLBACK_GRAMMAR);
  }

  private Map<Long, String> children(Map<Long, String> going) {
    return byId(
        """
        SELECT a.id, a.digest FROM artifact_child n
          JOIN artifact a ON a.repository_id = n.repository_id AND a.digest = n.child_digest
         WHERE n.parent_id = ANY (?)
           AND NOT EXISTS (SELECT FROM tag t WHERE t.artifact_id = a.id)
           AND NOT EXISTS (%s)
        """
            .formatted(OWNER),
        ids(going.keySet()),
        ids(going.keySet()),
        TagName.FALLBACK_GRAMMAR);
  }

  private Map<Long, String> byId(String sql, Object... parameters) {
    return database
        .list(sql, row -> Map.entry(row.getLong(1), row.getString(2)), parameters)
        .stream()
        .distinct()
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
  }

  private static long[] ids(Collection<Long> artifacts) {
    return ListedArtifacts.ids(artifacts);
  }
}
