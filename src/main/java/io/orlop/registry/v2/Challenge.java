package io.orlop.registry.v2;

import io.orlop.platform.http.PublicUrl;

/** The {@code WWW-Authenticate} header of a refusal: where to get a token, and for what. */
final class Challenge {
  /** Where a request keeps the challenge that its 401 must carry. */
  static final String PROPERTY = "orlop.challenge";

  private static final String SERVICE = "harbor-registry";

  private Challenge() {}

  static String header(PublicUrl url, String scope, String error) {
    StringBuilder header =
        new StringBuilder("Bearer realm=\"")
            .append(url.resolve("/service/token"))
            .append("\",service=\"")
            .append(SERVICE)
            .append('"');
    if (!scope.isEmpty()) {
      header.append(",scope=\"").append(scope).append('"');
    }
    if (!error.isEmpty()) {
      header.append(",error=\"").append(error).append('"');
    }
    return header.toString();
  }
}
