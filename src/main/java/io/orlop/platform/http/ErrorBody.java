package io.orlop.platform.http;

import io.orlop.platform.error.RegistryException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** How one door tells its clients of failures. */
public interface ErrorBody {

  /** Tells whether a path belongs to this door. */
  boolean serves(String path);

  /**
   * Returns what the {@code Allow} header says of a path; empty if the door has no such path. The
   * framework takes a wrong method for an unknown path where paths are given by expressions.
   */
  default Optional<String> methods(String path) {
    return Optional.empty();
  }

  /** Makes the answer. */
  Response answer(RegistryException failure);
}
