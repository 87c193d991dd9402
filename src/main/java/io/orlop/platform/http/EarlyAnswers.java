package io.orlop.platform.http;

import io.orlop.platform.error.RegistryException;
import io.vertx.core.buffer.Buffer;
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
  private final AnswerWriter writer;

  EarlyAnswers(Instance<ErrorBody> doors, AnswerWriter writer) {
    this.doors = doors.stream().toList();
    this.writer = writer;
  }

  /** Answers, and leaves the connection and an unread body to whoever cares for them. */
  public void send(RoutingContext context, RegistryException failure) {
    var _ = context.response().end(prepare(context, failure));
  }

  /** Sets status and headers, and returns the body. */
  Buffer prepare(RoutingContext context, RegistryException failure) {
    HttpServerResponse response = context.response().setStatusCode(failure.code().status());
    String path = Objects.requireNonNullElse(context.request().path(), "");
    return doors.stream()
        .filter(door -> door.serves(path))
        .findFirst()
        .map(door -> answer(response, door, failure))
        .orElseGet(() -> writer.body(failure.getMessage() + "\n"));
  }

  private Buffer answer(HttpServerResponse response, ErrorBody door, RegistryException failure) {
    Response answer = door.answer(failure);
    AnswerWriter.head(response, answer);
    return writer.body(answer.getEntity());
  }
}
