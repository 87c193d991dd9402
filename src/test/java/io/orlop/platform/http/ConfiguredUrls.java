package io.orlop.platform.http;

import java.util.Optional;

/** Makes {@link PublicUrls} for tests of other packages. */
public final class ConfiguredUrls {
  private ConfiguredUrls() {}

  /** Makes one with an external URL, or without. */
  public static PublicUrls of(Optional<String> externalUrl) {
    return new PublicUrls(
        new Arrivals.Settings(externalUrl.map(PublicUrl::parse), Optional.empty()));
  }
}
