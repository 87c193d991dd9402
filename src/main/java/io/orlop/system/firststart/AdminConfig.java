package io.orlop.system.firststart;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The first administrator. */
@ConfigMapping(prefix = "orlop.admin")
public interface AdminConfig {

  /**
   * The password of {@code admin}, used on the first start only. Without it a random one is made
   * and printed once.
   */
  Optional<String> password();
}
