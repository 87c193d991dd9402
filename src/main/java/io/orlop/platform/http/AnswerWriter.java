package io.orlop.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes answers where the framework does not, as it would. */
@ApplicationScoped
class AnswerWriter {
  private final ObjectMapper json;

  AnswerWriter(ObjectMapper json) {
    this.json = json;
  }

  /** Sets status and headers, beside those that are there already. */
  static void head(HttpServerResponse response, Response answer) {
    response.setStatusCode(answer.getStatus());
    answer.getHeaders().forEach((name, values) -> put(response, name, values));
  }

  private static void put(HttpServerResponse response, String name, List<Object> values) {
    if (values.size() == 1) {
      response.putHeader(name, String.valueOf(values.getFirst()));
    } else {
      response.putHeader(name, values.stream().map(String::valueOf).toList());
    }
  }

  /** Returns an answer's body: bytes and text as they are, everything else as JSON. */
  Buffer body(@Nullable Object entity) {
    try {
      return Buffer.buffer(
          switch (entity) {
            case null -> new byte[0];
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case Object value -> json.writeValueAsBytes(value);
          });
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Answers are always JSON", e);
    }
  }
}
