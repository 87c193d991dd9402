package io.orlop.identity.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Sessions of browsers. */
@ConfigMapping(prefix = "orlop.session")
public interface SessionConfig {

  /**
   * How long a session lives at most, however busy it is; after that its owner signs in again. How
   * long it may be idle is the setting {@code session_timeout}, which administrators change while
   * the registry runs.
   */
  @WithDefault("PT24H")
  @DurationMin(minutes = 1)
  Duration lifetime();
}
