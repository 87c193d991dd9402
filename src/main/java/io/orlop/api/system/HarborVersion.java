package io.orlop.api.system;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The version that clients of Harbor are told.
 *
 * <p>They read it as {@code v<major>.<minor>.<patch>-<anything>} and switch features on by the
 * numbers, so these are those of the Harbor whose API this is; our own name and version stand where
 * Harbor has the commit, as in {@code v2.15.2-orlop-1.4.0}. It is one semantic version, whose
 * pre-release part we are.
 */
@ApplicationScoped
class HarborVersion {
  private static final String HARBOR = "v2.15.2";

  private final String text;

  HarborVersion(@ConfigProperty(name = "quarkus.application.version") String ownVersion) {
    this.text = HARBOR + "-orlop-" + ownVersion;
  }

  String text() {
    return text;
  }
}
