package io.orlop.registry.v2;

import io.orlop.oci.Digest;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.http.PublicUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Where things are, for {@code Location} and {@code Link}. Always relative to the host: a client
 * that came through a proxy resolves them against the address that it knows, whatever we see.
 */
final class Paths {
  private Paths() {}

  static String blob(PublicUrl url, RepositoryName name, Digest digest) {
    return base(url, name) + "/blobs/" + digest;
  }

  static String upload(PublicUrl url, RepositoryName name, UUID upload) {
    return base(url, name) + "/blobs/uploads/" + upload;
  }

  static String manifest(PublicUrl url, RepositoryName name, Digest digest) {
    return base(url, name) + "/manifests/" + digest;
  }

  static String base(PublicUrl url, RepositoryName name) {
    return url.prefix() + "/v2/" + name.value();
  }

  static String encoded(String parameter) {
    return URLEncoder.encode(parameter, StandardCharsets.UTF_8);
  }
}
