package io.orlop.catalog.scrub;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The scrub: stored blobs are read again and compared with their digests. */
@ConfigMapping(prefix = "orlop.scrub")
public interface ScrubConfig {

  /**
   * How often each blob is read (ISO duration), damaged ones each day. Where the rate does not
   * suffice, it takes longer.
   */
  @WithDefault("P30D")
  Duration interval();

  /**
   * How many bytes a second the scrub reads at most, over all replicas, in bytes or with a suffix
   * such as {@code M}. {@code 0} switches it off.
   */
  @WithDefault("16M")
  MemorySize rate();
}
