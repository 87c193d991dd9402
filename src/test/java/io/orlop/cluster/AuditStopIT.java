package io.orlop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RepositoryClient;
import org.junit.jupiter.api.Test;

class AuditStopIT {
  private static final int PULLS = 300;

  @Test
  void noEntryIsLostByAnOrderlyStop() {
    try (OrlopServer server = OrlopServer.start()) {
      RepositoryClient repository = server.administrator().repository("library/app");
      repository.pushImage("v1");
      for (int pull = 0; pull < PULLS; pull++) {
        repository.getManifest("v1").expect(200);
      }
      assertThat(server.stop()).isZero();
      server.restart();

      server
          .administrator()
          .get("/api/v2.0/auditlog-exts?q=operation=pull,resource=library/app:v1")
          .expect(200)
          .expectHeader("X-Total-Count", PULLS);
    }
  }
}
