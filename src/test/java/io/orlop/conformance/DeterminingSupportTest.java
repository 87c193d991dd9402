package io.orlop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** API: Determining Support. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class DeterminingSupportTest {
  @Inject TestRegistry registry;

  @ParameterizedTest
  @ValueSource(strings = {"/v2/", "/v2"})
  void tellsWhoeverIsSignedInThatThisIsARegistry(String path) {
    registry
        .as(registry.newUser())
        .get(path)
        .expect(200)
        .expectHeader("Content-Type", "application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/", "/v2"})
  void sendsNobodyInParticularForAToken(String path) {
    String challenge =
        registry
            .anonymous()
            .get(path)
            .expectError(401, "UNAUTHORIZED")
            .header("WWW-Authenticate")
            .orElseThrow();
    assertThat(challenge)
        .isEqualTo(
            "Bearer realm=\"" + registry.url() + "/service/token\",service=\"harbor-registry\"");
  }

  @Test
  void answersHead() {
    registry.as(registry.newUser()).request("HEAD", "/v2/").send().expect(200);
  }
}
