package io.orlop.platform.http;

import io.orlop.platform.error.RegistryException;
import jakarta.ws.rs.core.Response;

/** How one door tells its clients of failures. */
public interface ErrorBody {

  /** Tells whether a path belongs to this door. */
  boolean serves(String path);

  /** Makes the answer. */
  Response answer(RegistryException failure);
}
