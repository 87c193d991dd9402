package io.orlop.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/**
 * How many accounts people may make themselves where {@code self_registration} is on; {@code 0}
 * turns a number off. Counted in each replica's memory.
 */
@ConfigMapping(prefix = "orlop.registration")
public interface RegistrationConfig {

  /**
   * How many attempts an address has in an hour; further ones are answered with 429. An address of
   * IPv6 stands for its network of 64 bits.
   */
  @WithDefault("10")
  @Min(0)
  int perAddress();

  /** How many attempts all addresses together have in an hour. */
  @WithDefault("500")
  @Min(0)
  int total();
}
