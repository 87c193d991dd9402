package io.orlop.registry.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Registry tokens. */
@ConfigMapping(prefix = "orlop.token")
public interface TokenConfig {

  /**
   * How long a registry token lives, in place of the setting {@code token_expiration} that
   * administrators change while the registry runs. A right that is taken away ends with the tokens
   * that carry it; an upload that outlives its token finishes.
   */
  Optional<Duration> lifetime();

  /**
   * How long a signing key is used before a new one takes its place. The new key is published
   * before it signs, the old one verifies until its last token has ended.
   */
  @WithDefault("P90D")
  Duration keyLifetime();
}
