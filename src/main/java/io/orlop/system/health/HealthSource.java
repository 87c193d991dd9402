package io.orlop.system.health;

import java.util.Optional;

/** A part that knows its own health, beside those that every installation has. */
public interface HealthSource {
  /** Looks; empty if the part is not in use. */
  Optional<ComponentHealth> health();
}
