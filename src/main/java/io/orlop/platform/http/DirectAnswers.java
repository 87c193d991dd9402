package io.orlop.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.PathPart;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that do not go through the framework's search for an endpoint, in the same form:
 * what an endpoint returns is written, what it throws is told as the request's door tells it.
 */
@ApplicationScoped
public class DirectAnswers {
  /** What a stream is sent in: large, since each piece waits for the one before. */
  private static final int PIECE = 128 * 1024;

  /** Up to here a file is sooner read and written with the head than sent behind it. */
  private static final int SMALL = 32 * 1024;

  private final ErrorMappers errors;
  private final ObjectMapper json;
  private final CurrentVertxRequest current;

  DirectAnswers(ErrorMappers errors, ObjectMapper json, CurrentVertxRequest current) {
    this.current = current;
    this.errors = errors;
    this.json = json;
  }

  /**
   * Answers a request at once.
   *
   * @param endpoint makes the answer, and waits for nothing
   * @param marks adds what every answer carries, a refusal too
   */
  public void answer(
      RoutingContext context, Supplier<Response> endpoint, Consumer<Response> marks) {
    Response answer;
    try {
      answer = endpoint.get();
    } catch (RuntimeException | Error e) {
      answer = errors.map(e, context);
    }
    marks.accept(answer);
    try {
      send(context.response(), answer);
    } catch (IOException | RuntimeException e) {
      breakOff(context, marks, e);
    }
  }

  /**
   * Answers a request on a thread of its own, in a scope of its own.
   *
   * @param endpoint makes the answer, and may wait
   * @param marks adds what every answer carries, a refusal too
   */
  public void answerInTime(
      RoutingContext context, Supplier<Response> endpoint, Consumer<Response> marks) {
    var _ =
        Thread.startVirtualThread(() -> {
          ManagedContext scope = Arc.requireContainer().requestContext();
          scope.activate();
          try {
            current.setCurrent(context);
            answer(context, endpoint, marks);
          } finally {
            scope.terminate();
          }
        });
  }

  /** What cannot be told any more is cut off, so that nobody takes it for the whole. */
  private void breakOff(RoutingContext context, Consumer<Response> marks, Throwable failure) {
    HttpServerResponse response = context.response();
    boolean begun = response.headWritten() || response.closed();
    Response refusal = errors.map(begun ? failure : ours(failure), context);
    if (begun) {
      response.reset();
      return;
    }
    marks.accept(refusal);
    response.headers().remove(HttpHeaders.CONTENT_LENGTH);
    head(response, refusal);
    response.end(Buffer.buffer(bytes(refusal.getEntity())));
  }

  /** Before anything was sent no client can have broken it off. */
  private static Throwable ours(Throwable failure) {
    return failure instanceof IOException file ? new UncheckedIOException(file) : failure;
  }

  private void send(HttpServerResponse response, Response answer) throws IOException {
    head(response, answer);
    switch (answer.getEntity()) {
      case null -> response.end();
      case byte[] bytes -> response.end(Buffer.buffer(bytes));
      case PathPart part when part.count <= SMALL -> response.end(Buffer.buffer(read(part)));
      case PathPart part -> await(response.sendFile(part.file.toString(), part.offset, part.count));
      case StreamingOutput stream -> {
        response.setChunked(!response.headers().contains(HttpHeaders.CONTENT_LENGTH));
        try (var output = new BufferedOutputStream(new ResponseStream(response), PIECE)) {
          stream.write(output);
        }
        response.end();
      }
      case Object value -> response.end(Buffer.buffer(bytes(value)));
    }
  }

  private static byte[] read(PathPart part) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) part.count);
    try (FileChannel file = FileChannel.open(part.file, StandardOpenOption.READ)) {
      int count;
      do {
        count = file.read(bytes, part.offset + bytes.position());
      } while (count > 0 && bytes.hasRemaining());
    }
    if (bytes.hasRemaining()) {
      throw new EOFException(part.file + " is shorter than it was");
    }
    return bytes.array();
  }

  private static void head(HttpServerResponse response, Response answer) {
    response.setStatusCode(answer.getStatus());
    answer.getHeaders().forEach((name, values) -> response.putHeader(name, text(values)));
  }

  private static List<String> text(List<Object> values) {
    return values.stream().map(String::valueOf).toList();
  }

  private byte[] bytes(@Nullable Object entity) {
    try {
      return switch (entity) {
        case null -> new byte[0];
        case String text -> text.getBytes(StandardCharsets.UTF_8);
        case Object value -> json.writeValueAsBytes(value);
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Answers are always JSON", e);
    }
  }

  private static void await(Future<?> sent) throws IOException {
    ResponseStream.await(sent);
  }
}
