package io.orlop.system.health;

import java.util.Optional;

/**
 * Whether a part works.
 *
 * @param name the part, in the words of Harbor's API
 * @param error why it does not; empty if it works
 */
public record ComponentHealth(String name, Optional<String> error) {
  /** Tells whether the part works. */
  public boolean isHealthy() {
    return error.isEmpty();
  }
}
