package io.orlop.identity;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Signing in where nobody has set anything. */
@ApplicationScoped
@DefaultBean
class DefaultSignInSettings implements SignInSettings {
  @Override
  public boolean selfRegistration() {
    return false;
  }

  @Override
  public Duration sessionTimeout() {
    return Duration.ofHours(1);
  }

  @Override
  public String authMode() {
    return "db_auth";
  }
}
