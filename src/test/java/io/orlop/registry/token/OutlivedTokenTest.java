package io.orlop.registry.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.access.Role;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Authorisation is checked when a request starts: a large layer over a slow line gets through. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class OutlivedTokenTest {
  @Inject TestRegistry registry;
  @Inject SigningKeys keys;

  @Test
  void uploadThatOutlivesItsTokenFinishes() throws IOException {
    NewProject project = registry.newPrivateProject();
    Account developer = registry.newMember(project, Role.DEVELOPER);
    RepositoryClient repository = registry.as(developer).repository(project.name() + "/app");
    byte[] content = Blobs.random(1000);
    URI upload = repository.openUpload();
    // With the leeway for clocks that differ it has three seconds left.
    long end = Instant.now().minus(SigningKeys.LEEWAY).plusSeconds(3).getEpochSecond();
    String token =
        TokenForge.like(developer, project, repository.name())
            .claim("iat", end - 600)
            .claim("nbf", end - 600)
            .claim("exp", end)
            .sign(keys.signing());

    try (RawConnection connection = new RawConnection(registry.port())) {
      connection
          .write(
              "PATCH "
                  + upload.getPath()
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nAuthorization: Bearer "
                  + token
                  + "\r\n\r\n")
          .write(Arrays.copyOf(content, 500));
      RepositoryClient late = registry.anonymous().bearer(token).repository(repository.name());
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> late.beginUpload("").expectError(401, "UNAUTHORIZED"));
      connection.write(Arrays.copyOfRange(content, 500, 1000));
      assertThat(connection.read("PATCH").status()).isEqualTo(202);
    }
    repository.finish(upload, Digest.of(content), new byte[0]).expect(201);
  }
}
