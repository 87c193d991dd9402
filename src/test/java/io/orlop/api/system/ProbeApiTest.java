package io.orlop.api.system;

import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ProbeApiTest {

  @Test
  void isAliveAndReady() {
    assertThat(anonymous().get("/health/live").statusCode()).isEqualTo(200);
    assertThat(anonymous().get("/health/ready").statusCode()).isEqualTo(200);
  }
}
