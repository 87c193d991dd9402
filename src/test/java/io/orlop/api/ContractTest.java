package io.orlop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.contract.Contract;
import io.orlop.testsupport.contract.DescriptionCheck;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares what Orlop says of its API with Harbor's contract. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ContractTest {
  /** The groups of operations that are served whole. */
  static final Set<String> SERVED =
      Set.of(
          "user",
          "usergroup",
          "member",
          "project",
          "projectMetadata",
          "quota",
          "robot",
          "label",
          "repository",
          "artifact",
          "permissions",
          "search",
          "statistic",
          "systeminfo",
          "health",
          "ping",
          "configure",
          "auditlog",
          "SystemCVEAllowlist");

  /** What is still open; written anew by a test run with {@code -Dcontract.deviations=write}. */
  private static final Path OPEN = Path.of("src/test/resources/harbor-deviations.txt");

  private final Contract contract = Contract.read();

  @Test
  void describesEveryOperationOfTheGroupsAsHarborDoes() throws Exception {
    JsonNode description =
        new ObjectMapper()
            .readTree(Accounts.anonymous().get("/api/openapi?format=json").asByteArray());
    DescriptionCheck check = new DescriptionCheck(contract, description);

    List<String> deviations =
        contract.operations().stream()
            .filter(operation -> SERVED.contains(operation.tag()))
            .flatMap(operation -> check.deviations(operation).stream())
            .sorted()
            .toList();

    if (System.getProperty("contract.deviations", "").equals("write")) {
      Files.write(OPEN, deviations);
    }
    assertThat(deviations)
        .as("%s deviations from the contract", deviations.size())
        .containsExactlyElementsOf(Files.readAllLines(OPEN));
  }
}
