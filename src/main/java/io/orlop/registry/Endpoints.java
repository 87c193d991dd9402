package io.orlop.registry;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which methods the paths of this door take.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints">distribution-spec,
 *     endpoints</a>
 */
final class Endpoints {
  private record Endpoint(Pattern path, String methods) {}

  private static final List<Endpoint> ALL =
      List.of(
          endpoint("/v2/?", "GET, HEAD"),
          endpoint("/v2/_catalog/?", "GET, HEAD"),
          endpoint("/v2/.+/tags/list/?", "GET, HEAD"),
          endpoint("/v2/.+/referrers/[^/]+/?", "GET, HEAD"),
          endpoint("/v2/.+/manifests/[^/]+/?", "GET, HEAD, PUT, DELETE"),
          endpoint("/v2/.+/blobs/uploads/?", "POST"),
          endpoint("/v2/.+/blobs/uploads/[^/]+/?", "GET, HEAD, PATCH, PUT, DELETE"),
          endpoint("/v2/.+/blobs/[^/]+/?", "GET, HEAD, DELETE"),
          endpoint("/service/token/?", "GET, HEAD, POST"),
          endpoint("/service/token/revoke/?", "POST"));

  private Endpoints() {}

  static Optional<String> methods(String path) {
    return ALL.stream()
        .filter(endpoint -> endpoint.path().matcher(path).matches())
        .map(Endpoint::methods)
        .findFirst();
  }

  private static Endpoint endpoint(String path, String methods) {
    return new Endpoint(Pattern.compile(path), methods);
  }
}
