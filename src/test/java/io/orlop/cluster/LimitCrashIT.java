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
 * Kills every process at the moment in which a push into a project with a limit is answered. Its
 * commit did not wait for the disk, so somebody else must have: PostgreSQL's own writer, which
 * would come by a little later, is kept from that.
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
