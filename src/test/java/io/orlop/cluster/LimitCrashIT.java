package io.orlop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.ServerDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Kills every process at the moment in which something is answered whose commit did not wait for
 * the disk, so that nobody waits for its locks: then somebody else must have waited. PostgreSQL's
 * own writer, which would come by a little later, is kept from that.
 */
class LimitCrashIT {
  @Test
  void keepsWhatAProjectWithALimitAcknowledged() throws Exception {
    try (OrlopServer server = OrlopServer.start()) {
      RepositoryClient repository = server.administrator().repository("library/limited");
      ManifestBuilder image = repository.newImage();
      limitProject(server);
      byte[] blob = Blobs.random(100);

      crashAfter(server, () -> repository.pushBlob(blob));
      assertThat(repository.getBlob(Digest.of(blob)).expect(200).bytes()).isEqualTo(blob);

      crashAfter(server, () -> repository.pushManifest("latest", image));
      assertThat(repository.getManifest("latest").expect(200).bytes()).isEqualTo(image.bytes());
    }
  }

  @Test
  void keepsWhatWasLinkedMovedAndDeleted() throws Exception {
    try (OrlopServer server = OrlopServer.start()) {
      RepositoryClient source = server.administrator().repository("library/source");
      RepositoryClient target = server.administrator().repository("library/target");
      byte[] blob = Blobs.random(100);
      Digest known = source.pushBlob(blob);
      Digest mounted = source.pushBlob(Blobs.random(100));
      Digest image = source.pushImage("latest");
      source.pushImage("doomed");
      ManifestBuilder next = source.newImage();
      String mount = "?mount=" + mounted + "&from=library/source";

      crashAfter(server, () -> target.post(known, blob).expect(201));
      target.getBlob(known).expect(200);

      crashAfter(server, () -> target.beginUpload(mount).expect(201));
      target.getBlob(mounted).expect(200);

      crashAfter(server, () -> source.pushManifest("latest", next));
      assertThat(source.getManifest("latest").expect(200).bytes()).isEqualTo(next.bytes());

      crashAfter(server, () -> source.deleteManifest("doomed").expect(202));
      source.getManifest("doomed").expect(404);

      crashAfter(server, () -> source.deleteManifest(image.toString()).expect(202));
      source.getManifest(image.toString()).expect(404);

      crashAfter(server, () -> target.deleteBlob(known).expect(202));
      target.getBlob(known).expect(404);
    }
  }

  private static void crashAfter(OrlopServer server, Runnable push) throws SQLException {
    try (ServerDatabase database = ServerDatabase.asSuperuser(server.data())) {
      database.connection().createStatement().execute("ALTER SYSTEM SET wal_writer_delay = '10s'");
      database.query("SELECT pg_reload_conf()");
    }
    List<ProcessHandle> processes = server.processes();
    push.run();
    processes.forEach(ProcessHandle::destroyForcibly);
    server.kill9All();
    server.restart();
  }

  private static void limitProject(OrlopServer server) throws SQLException {
    try (ServerDatabase database = ServerDatabase.of(server.data())) {
      String quota =
          database.query(
              "SELECT q.id FROM quota q JOIN project p ON p.id = q.project_id WHERE p.name = 'library'");
      server
          .administrator()
          .request("PUT", "/api/v2.0/quotas/" + quota)
          .header("Content-Type", "application/json")
          .body("{\"hard\":{\"storage\":1000000000}}".getBytes(StandardCharsets.UTF_8))
          .send()
          .expect(200);
    }
  }
}
