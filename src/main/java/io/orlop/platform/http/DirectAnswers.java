package io.orlop.platform.http;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.PathPart;

/**
 * Answers requests that do not go through the framework's search for an endpoint, in the same form:
 * what an endpoint returns is written, what it throws is told as the request's door tells it.
 */
@ApplicationScoped
public class DirectAnswers {
  /** What HTTP/2 calls it; with HTTP/1.1 the connection is closed, whatever the reason. */
  private static final long INTERNAL_ERROR = 2;

  /** What a stream is sent in: large, since each piece waits for the one before. */
  private static final int PIECE = 128 * 1024;

  private final ErrorMappers errors;
  private final AnswerWriter writer;
  private final CurrentVertxRequest current;

  DirectAnswers(ErrorMappers errors, AnswerWriter writer, CurrentVertxRequest current) {
    this.current = current;
    this.errors = errors;
    this.writer = writer;
  }

  /**
   * Answers a request at once.
   *
   * @param endpoint makes the answer, and waits for nothing
   * @param marks adds what every answer carries, a refusal too
   */
  public void answer(
      RoutingContext context, Supplier<Response> endpoint, Consumer<Response> marks) {
    boolean _ = answerIfAny(context, () -> Optional.of(endpoint.get()), marks);
  }

  /**
   * Answers a request at once, in a scope of its own, if the endpoint has an answer.
   *
   * @param endpoint makes the answer, and waits for nothing; empty if it would have to
   * @param marks adds what every answer carries, a refusal too
   * @return whether the request is answered
   */
  public boolean answerIfAtHand(
      RoutingContext context, Supplier<Optional<Response>> endpoint, Consumer<Response> marks) {
    return inScope(context, () -> answerIfAny(context, endpoint, marks));
  }

  private boolean answerIfAny(
      RoutingContext context, Supplier<Optional<Response>> endpoint, Consumer<Response> marks) {
    Optional<Response> made;
    try {
      made = endpoint.get();
    } catch (RuntimeException | Error e) {
      made = Optional.of(errors.map(e, context));
    }
    made.ifPresent(answer -> write(context, answer, marks));
    return made.isPresent();
  }

  private void write(RoutingContext context, Response answer, Consumer<Response> marks) {
    marks.accept(answer);
    try {
      send(context.response(), answer, failure -> breakOff(context, marks, failure));
    } catch (IOException | RuntimeException e) {
      breakOff(context, marks, e);
    }
  }

  /**
   * Answers a request on a thread of its own, in a scope of its own. The thread runs on the
   * request's context: what is logged there carries the request's id, and its trace goes on.
   *
   * @param endpoint makes the answer, and may wait
   * @param marks adds what every answer carries, a refusal too
   */
  public void answerInTime(
      RoutingContext context, Supplier<Response> endpoint, Consumer<Response> marks) {
    ContextInternal request = ContextInternal.current();
    var _ =
        Thread.startVirtualThread(() -> {
          ContextInternal before = request.beginDispatch();
          try {
            boolean _ =
                inScope(
                    context, () -> answerIfAny(context, () -> Optional.of(endpoint.get()), marks));
          } finally {
            request.endDispatch(before);
          }
        });
  }

  private boolean inScope(RoutingContext context, BooleanSupplier work) {
    ManagedContext scope = Arc.requireContainer().requestContext();
    scope.activate();
    try {
      current.setCurrent(context);
      return work.getAsBoolean();
    } finally {
      scope.terminate();
    }
  }

  /** What cannot be told any more is cut off, so that nobody takes it for the whole. */
  private void breakOff(RoutingContext context, Consumer<Response> marks, Throwable failure) {
    HttpServerResponse response = context.response();
    boolean begun = response.headWritten() || response.closed();
    Response refusal = errors.map(begun ? failure : ours(failure), context);
    if (begun) {
      response.reset(INTERNAL_ERROR);
      return;
    }
    marks.accept(refusal);
    response.headers().remove(HttpHeaders.CONTENT_LENGTH);
    AnswerWriter.head(response, refusal);
    response.end(writer.body(refusal.getEntity()));
  }

  /** Before anything was sent no client can have broken it off. */
  private static Throwable ours(Throwable failure) {
    return failure instanceof IOException file ? new UncheckedIOException(file) : failure;
  }

  private void send(HttpServerResponse response, Response answer, Consumer<IOException> breakingOff)
      throws IOException {
    AnswerWriter.head(response, answer);
    switch (answer.getEntity()) {
      case null -> response.end();
      case PathPart part ->
          // The connection's thread does all that is left, and waking ours again would cost more.
          response
              .sendFile(part.file.toString(), part.offset, part.count)
              .onFailure(e -> breakingOff.accept(ResponseStream.brokenOff(e)));
      case StreamingOutput stream -> {
        response.setChunked(!response.headers().contains(HttpHeaders.CONTENT_LENGTH));
        try (var output = new BufferedOutputStream(new ResponseStream(response), PIECE)) {
          stream.write(output);
        }
        response.end();
      }
      case Object value -> response.end(writer.body(value));
    }
  }
}
