package io.orlop.testsupport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Holds every answer that a test gets from the API against the contract. */
public final class AnswerCheck implements Filter {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What any operation may answer, whether the contract lists it or not. */
  private static final Set<Integer> FAILURES =
      Set.of(400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 501, 503);

  private final Contract contract = Contract.read();

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response answer = context.next(request, expected);
    contract
        .find(request.getMethod(), URI.create(request.getURI()).getRawPath())
        .ifPresent(operation -> check(operation, answer));
    return answer;
  }

  private void check(Contract.Operation operation, Response answer) {
    int status = answer.statusCode();
    String body = answer.asString();
    if (status >= 400) {
      assertThat(FAILURES).as("%s: %s", operation, body).contains(status);
      return;
    }
    JsonNode response = operation.responses().path(String.valueOf(status));
    assertThat(response.isObject()).as("%s may answer %s", operation, status).isTrue();
    if (body.isEmpty()) {
      assertThat(answer.header("Content-Type"))
          .as("the type of nothing, %s", operation)
          .satisfiesAnyOf(
              type -> assertThat(type).isNull(), type -> assertThat(type).doesNotContain("json"));
      return;
    }
    for (JsonNode header : response.path("headers")) {
      if (header.asText().equals("X-Total-Count")) {
        assertThat(answer.header("X-Total-Count")).as("total of %s", operation).isNotNull();
      }
    }
    if (response.path("schema").isObject() && isJson(answer)) {
      List<String> deviations = contract.deviations(response.path("schema"), read(body));
      assertThat(deviations).as("%s answers %s", operation, body).isEmpty();
    }
  }

  private static boolean isJson(Response answer) {
    String type = answer.header("Content-Type");
    return type != null && type.startsWith("application/json");
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("No JSON: " + body, e);
    }
  }
}
