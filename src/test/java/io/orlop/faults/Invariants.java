package io.orlop.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What holds of a registry at any time, whatever has failed before: all that is listed can be
 * pulled, with all that it names, and every blob's row tells the truth about its bytes.
 */
public final class Invariants {
  private final RegistryClient client;
  private final Path data;

  /**
   * Looks at a registry.
   *
   * @param client somebody who may see everything
   * @param data its data folder
   */
  public Invariants(RegistryClient client, Path data) {
    this.client = client;
    this.data = data;
  }

  /** Checks everything. */
  public void check(Connection database) throws IOException, SQLException {
    for (String repository : list("/v2/_catalog?n=1000", "repositories")) {
      checkRepository(repository);
    }
    checkBlobs(database);
    checkQuotas(database);
  }

  /** Checks that all that is listed is counted, and that the sums are those of what is counted. */
  private static void checkQuotas(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT (SELECT count(*) FROM artifact a JOIN repository r ON r.id = a.repository_id
                         WHERE NOT EXISTS (SELECT FROM project_content c
                                            WHERE c.project_id = r.project_id
                                              AND c.digest = a.digest)) AS uncounted,
                       (SELECT count(*) FROM quota q
                         WHERE q.used
                               + (SELECT coalesce(sum(h.bytes), 0) FROM quota_change h
                                   WHERE h.project_id = q.project_id)
                               <> (SELECT coalesce(sum(c.size), 0) FROM project_content c
                                    WHERE c.project_id = q.project_id)) AS wrong
                """)) {
      rows.next();
      assertThat(rows.getLong("uncounted")).as("manifests that are not counted").isZero();
      assertThat(rows.getLong("wrong")).as("quotas that are wrong").isZero();
    }
  }

  /** Checks that every tag that a repository lists can be pulled with all that it names. */
  public void checkRepository(String repository) {
    Set<String> seen = new HashSet<>();
    for (String tag : list("/v2/" + repository + "/tags/list?n=1000", "tags")) {
      checkManifest(repository, tag, seen);
    }
  }

  private void checkManifest(String name, String tag, Set<String> seen) {
    RepositoryClient repository = client.repository(name);
    Answer manifest = repository.getManifest(tag).expect(200);
    manifest.expectHeader("Docker-Content-Digest", Digest.of(manifest.bytes()));
    List<JsonNode> blobs = new ArrayList<>();
    manifest.json().path("layers").forEach(blobs::add);
    if (manifest.json().has("config")) {
      blobs.add(manifest.json().path("config"));
    }
    for (JsonNode blob : blobs) {
      Digest named = Digest.parse(blob.path("digest").asText());
      if (seen.add(named.toString())) {
        byte[] bytes = repository.getBlob(named).expect(200).bytes();
        assertThat(Digest.of(bytes)).as("%s of %s:%s", named, name, tag).isEqualTo(named);
      }
    }
  }

  /** Lists names over all pages. */
  public List<String> list(String first, String member) {
    List<String> names = new ArrayList<>();
    Answer page = client.get(first).expect(200);
    names.addAll(page.texts(member));
    while (page.next().isPresent()) {
      page = client.request("GET", page.next().get()).send().expect(200);
      names.addAll(page.texts(member));
    }
    return names;
  }

  private void checkBlobs(Connection database) throws IOException, SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT digest, size, storage_key FROM blob WHERE condemned_at IS NULL")) {
      while (rows.next()) {
        Path file = data.resolve("blobs").resolve(rows.getString("storage_key"));
        assertThat(file).as("the bytes of %s", rows.getString("digest")).isRegularFile();
        assertThat(Files.size(file)).isEqualTo(rows.getLong("size"));
        Digest recorded = Digest.parse(rows.getString("digest"));
        assertThat(digestOf(file, recorded.algorithm())).isEqualTo(recorded);
      }
    }
  }

  private static Digest digestOf(Path file, DigestAlgorithm algorithm) throws IOException {
    MessageDigest digest = algorithm.newMessageDigest();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream bytes = Files.newInputStream(file)) {
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return Digest.soFar(algorithm, digest);
  }

  /** Returns the staged files, whether an upload knows them or not. */
  public List<String> staged() throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(data.resolve("uploads"))) {
      files.forEach(file -> found.add(String.valueOf(file.getFileName())));
    }
    return found;
  }
}
