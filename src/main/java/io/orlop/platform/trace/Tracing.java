package io.orlop.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.quarkus.runtime.ApplicationConfig;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Traces requests and what they are made of. Without a collector each call is one comparison. */
@ApplicationScoped
public class Tracing {
  private static final String CURRENT = "orlop.span";
  private static final Part NOTHING = new Part(null);

  private final @Nullable Collector collector;

  @Inject
  Tracing(TracingConfig config, ApplicationConfig application) {
    this(
        config
            .endpoint()
            .map(endpoint ->
                Collector.at(endpoint, config.share(), application.version().orElse("unknown")))
            .orElse(null));
  }

  private Tracing(@Nullable Collector collector) {
    this.collector = collector;
  }

  /** Returns one that traces nothing. */
  public static Tracing off() {
    return new Tracing(null);
  }

  /**
   * Part of a trace.
   *
   * @param span what is recorded; null for nothing
   */
  public record Part(@Nullable Span span) implements AutoCloseable {

    /** Notes that it failed. */
    public void failed() {
      if (span != null) {
        span.setStatus(StatusCode.ERROR);
      }
    }

    /** Ends it. */
    @Override
    public void close() {
      if (span != null) {
        span.end();
      }
    }
  }

  /**
   * Begins the span of a request: within the trace of its caller, if it brings one. What is traced
   * on the request's context until it ends becomes part of it.
   *
   * @return empty if nothing is traced
   */
  public Optional<Span> request(HttpServerRequest request) {
    if (collector == null) {
      return Optional.empty();
    }
    Span span = collector.request(request);
    if (VertxContext.isOnDuplicatedContext()) {
      ContextLocals.put(CURRENT, span);
    }
    return Optional.of(span);
  }

  /** Begins a part of the request that is being served; of no request, it is nothing. */
  public Part part(String prefix, Enum<?> name) {
    if (collector == null || !VertxContext.isOnDuplicatedContext()) {
      return NOTHING;
    }
    Optional<Span> parent = ContextLocals.get(CURRENT);
    return parent.isEmpty()
        ? NOTHING
        : new Part(collector.part(parent.get(), prefix + name.name().toLowerCase(Locale.ROOT)));
  }

  /** Sends what was not sent yet. */
  @PreDestroy
  void close() {
    if (collector != null) {
      collector.close();
    }
  }
}
