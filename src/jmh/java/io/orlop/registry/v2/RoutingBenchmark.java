package io.orlop.registry.v2;

import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestPath;
import org.jboss.resteasy.reactive.server.mapping.URITemplate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to find the endpoint of a path, by the router and the templates that we use. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoutingBenchmark {
  private static final List<Class<?>> RESOURCES =
      List.of(
          PingResource.class,
          CatalogResource.class,
          BlobResource.class,
          UploadResource.class,
          ManifestResource.class,
          ReferrerResource.class,
          TagResource.class);

  private final RequestMapper<Class<?>> router = router();

  /** What clients ask for. */
  @Param({
    "/v2/",
    "/v2/library/bench/tags/list",
    "/v2/library/bench/manifests/latest",
    "/v2/library/a/long/name/of/many/parts/blobs/sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
  })
  private String path;

  /** Finds the endpoint. */
  @Benchmark
  public RequestMatch<Class<?>> route() {
    return router.map(path);
  }

  private static RequestMapper<Class<?>> router() {
    ArrayList<RequestPath<Class<?>>> paths = new ArrayList<>();
    for (Class<?> resource : RESOURCES) {
      String template = resource.getAnnotation(Path.class).value();
      paths.add(new RequestPath<>(true, new URITemplate(template, true), resource));
    }
    return new RequestMapper<>(paths);
  }
}
