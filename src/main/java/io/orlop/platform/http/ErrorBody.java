package io.orlop.platform.http;

import io.orlop.platform.error.RegistryException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

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

  /**
   * Returns what the {@code Allow} header says of a path; empty if the door has no such path, or
   * leaves it to the framework.
   */
  default Optional<String> methods(String path) {
    return Optional.empty();
  }

  /** Makes the answer. */
  Response answer(RegistryException failure);
}
