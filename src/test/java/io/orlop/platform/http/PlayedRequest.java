package io.orlop.platform.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request of HTTP/1.1 as far as its body is concerned: some bytes came before anybody asked. */
final class PlayedRequest {
  private final Map<String, Object> notes = new HashMap<>();
  private final List<byte[]> early = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final HttpConnection connection = fake(HttpConnection.class, (_, _, _) -> null);
  private @Nullable String expect;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<@Nullable Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;

  /** Adds bytes that are here already. */
  PlayedRequest early(byte[] bytes) {
    early.add(bytes);
    return this;
  }

  /** Gives it the header {@code Expect}. */
  PlayedRequest expecting(String value) {
    expect = value;
    return this;
  }

  /** Returns which of pausing, resuming and asking to continue were done, in their order. */
  List<String> calls() {
    return calls;
  }

  void end() {
    Objects.requireNonNull(endHandler).handle(null);
  }

  void fail(Throwable reason) {
    Objects.requireNonNull(exceptionHandler).handle(reason);
  }

  RoutingContext context() {
    HttpServerRequest request =
        fake(
            HttpServerRequest.class, (_, method, arguments) -> answer(method.getName(), arguments));
    return fake(
        RoutingContext.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "request" -> request;
              case "get" -> notes.get(arguments[0]);
              case "put" -> {
                notes.put((String) arguments[0], arguments[1]);
                yield proxy;
              }
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object answer(String method, Object[] arguments) {
    return switch (method) {
      case "connection" -> connection;
      case "version" -> HttpVersion.HTTP_1_1;
      case "getHeader" -> expect;
      case "isEnded" -> false;
      case "bytesRead" -> 0L;
      case "response" -> response();
      case "handler" -> {
        handler = (Handler<Buffer>) arguments[0];
        yield null;
      }
      case "endHandler" -> {
        endHandler = (Handler<@Nullable Void>) arguments[0];
        yield null;
      }
      case "exceptionHandler" -> {
        exceptionHandler = (Handler<Throwable>) arguments[0];
        yield null;
      }
      case "pause" -> {
        calls.add("pause");
        yield null;
      }
      case "resume" -> {
        resume();
        yield null;
      }
      default -> throw new UnsupportedOperationException(method);
    };
  }

  private void resume() {
    calls.add("resume");
    early.forEach(bytes -> Objects.requireNonNull(handler).handle(Buffer.buffer(bytes)));
    early.clear();
  }

  private HttpServerResponse response() {
    return fake(
        HttpServerResponse.class,
        (proxy, method, _) ->
            switch (method.getName()) {
              case "writeContinue" -> {
                calls.add("continue");
                yield proxy;
              }
              case "closed" -> false;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static <T> T fake(Class<T> type, InvocationHandler behaviour) {
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, behaviour));
  }
}
