package io.orlop.platform.http;

import io.orlop.platform.error.RegistryException;
import java.util.Optional;

/** Says what a room's own exceptions mean to a client. */
public interface FailureTranslator {

  /** Translates an exception; empty if it is not this room's. */
  Optional<RegistryException> translate(Throwable thrown);
}
