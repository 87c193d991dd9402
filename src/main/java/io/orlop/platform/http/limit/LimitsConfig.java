package io.orlop.platform.http.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * What one client may take from all others. The defaults are far above what clients do who mean
 * well; {@code 0} turns a number off. An address of IPv6 stands for its network of 64 bits.
 */
@ConfigMapping(prefix = "orlop.limits")
public interface LimitsConfig {

  /** How many connections may be open at once, over all ports. Further ones are closed at once. */
  @WithDefault("8192")
  @Min(0)
  int connections();

  /**
   * How many of them may come from one address. Loopback and {@code orlop.http.trusted-proxies} are
   * exempt: name your proxies there, since all their clients share one address.
   */
  @WithDefault("1024")
  @Min(0)
  int connectionsPerAddress();

  /**
   * How long a client may take to send the head of a request, the handshake of TLS included; after
   * that the connection is closed.
   */
  @WithDefault("PT30S")
  @DurationMin(millis = 1)
  Duration headTimeout();

  /**
   * How long nothing may move while a client is expected to send a body or to take an answer; after
   * that the request is broken off. An upload or pull of any length goes on as long as bytes move,
   * and the time that the registry itself takes does not count.
   */
  @WithDefault("PT2M")
  @DurationMin(millis = 1)
  Duration stallTimeout();

  /** How long a connection without a request stays open. */
  @WithDefault("PT3M")
  @DurationMin(millis = 1)
  Duration keepAlive();

  /**
   * How many requests a second an address may send without credentials, token requests included;
   * further ones are answered with 429. Loopback is exempt.
   */
  @WithDefault("1000")
  @Min(0)
  int anonymousRequests();

  /** How many requests without credentials an address may send at once after a pause. */
  @WithDefault("10000")
  @Min(1)
  int anonymousBurst();

  /**
   * How many requests a second an address may send with credentials, good or bad. Off, since one
   * address may be a whole fleet of builders.
   */
  @WithDefault("0")
  @Min(0)
  int requests();

  /** How many requests with credentials an address may send at once after a pause. */
  @WithDefault("50000")
  @Min(1)
  int burst();
}
