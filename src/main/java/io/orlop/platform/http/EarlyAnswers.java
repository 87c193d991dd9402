package io.orlop.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.platform.error.RegistryException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;

/** Refuses requests before they get to an endpoint, in the form of the door that they are for. */
@ApplicationScoped
public class EarlyAnswers {
  private final List<ErrorBody> doors;
  private final ObjectMapper json;

  EarlyAnswers(Instance<ErrorBody> doors, ObjectMapper json) {
    this.doors = doors.stream().toList();
    this.json = json;
  }

  /** Answers, and leaves the connection and an unread body to whoever cares for them. */
  public void send(RoutingContext context, RegistryException failure) {
    String body = prepare(context, failure);
    var _ = context.response().end(body);
  }

  /** Sets status and headers, and returns the body. */
  String prepare(RoutingContext context, RegistryException failure) {
    HttpServerResponse response = context.response().setStatusCode(failure.code().status());
    String path = Objects.requireNonNullElse(context.request().path(), "");
    return doors.stream()
        .filter(door -> door.serves(path))
        .findFirst()
        .map(door -> answer(response, door, failure))
        .orElse(failure.getMessage() + "\n");
  }

  private String answer(HttpServerResponse response, ErrorBody door, RegistryException failure) {
    Response answer = door.answer(failure);
    answer
        .getStringHeaders()
        .forEach((name, values) -> response.putHeader(name, String.join(", ", values)));
    return text(answer.getEntity());
  }

  private String text(Object body) {
    try {
      return body instanceof String text ? text : json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Error bodies are always JSON", e);
    }
  }
}
