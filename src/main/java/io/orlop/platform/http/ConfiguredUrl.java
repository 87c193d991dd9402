package io.orlop.platform.http;

import java.net.URI;

/** Checks the configured address. */
final class ConfiguredUrl {
  private ConfiguredUrl() {}

  static PublicUrl parse(URI url) {
    String scheme = url.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || url.getRawAuthority() == null) {
      throw new IllegalArgumentException(
          "orlop.http.external-url must look like https://registry.example.com, not " + url);
    }
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return new PublicUrl(
        scheme,
        HostNames.withoutDefaultPort(url.getRawAuthority(), scheme),
        path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
  }
}
