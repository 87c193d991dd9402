package io.orlop.platform.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans and sends them, in batches and beside the requests; what cannot be sent is dropped.
 */
final class Collector implements AutoCloseable {
  private static final String PATH = "/v1/traces";
  private static final long LAST_SECONDS = 3;

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private Collector(SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider.get("io.orlop");
  }

  static Collector at(URI endpoint, double share, String version) {
    String address = endpoint.toString().replaceAll("/+$", "");
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(address.endsWith(PATH) ? address : address + PATH)
            .build();
    Attributes us =
        Attributes.of(
            AttributeKey.stringKey("service.name"),
            "orlop",
            AttributeKey.stringKey("service.version"),
            version);
    return new Collector(
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(Resource.create(us)))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build());
  }

  Span request(HttpServerRequest request) {
    Context caller =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), request, new RequestHeaders());
    return tracer
        .spanBuilder(request.method().name())
        .setParent(caller)
        .setSpanKind(SpanKind.SERVER)
        .startSpan();
  }

  Span part(Span parent, String name) {
    return tracer.spanBuilder(name).setParent(Context.root().with(parent)).startSpan();
  }

  @Override
  public void close() {
    provider.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
  }

  private static final class RequestHeaders implements TextMapGetter<HttpServerRequest> {
    @Override
    public Iterable<String> keys(HttpServerRequest request) {
      return request.headers().names();
    }

    @Override
    public @Nullable String get(@Nullable HttpServerRequest request, String key) {
      return request == null ? null : request.getHeader(key);
    }
  }
}
