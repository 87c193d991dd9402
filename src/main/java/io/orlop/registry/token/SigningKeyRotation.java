package io.orlop.registry.token;

import io.orlop.platform.job.PeriodicWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Publishes a new signing key when the newest has served its time. */
@ApplicationScoped
class SigningKeyRotation implements PeriodicWork {
  private final SigningKeys keys;

  SigningKeyRotation(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "rotate-signing-keys";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    keys.rotateIfDue();
  }
}
