package io.orlop.platform.http;

import io.orlop.platform.error.RegistryException;
import jakarta.ws.rs.core.Response;

/** How one door tells its clients of failures. */
public interface ErrorBody {

  /** Tells whether a path belongs to this door. */
  boolean serves(String path);

  /**
   * Says what it means that no endpoint serves a request.
   *
   * @param path the path as it was sent, percent-encoded
   * @param failure what the framework found: {@code NOT_FOUND} or {@code METHOD_NOT_ALLOWED}
   */
  default RegistryException unserved(String method, String path, RegistryException failure) {
    return failure;
  }

  /** Makes the answer. */
  Response answer(RegistryException failure);
}
