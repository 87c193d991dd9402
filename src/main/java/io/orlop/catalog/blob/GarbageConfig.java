package io.orlop.catalog.blob;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** What garbage collection leaves alone. */
@ConfigMapping(prefix = "orlop.gc")
public interface GarbageConfig {

  /**
   * How long a blob that no manifest names is kept after somebody pushed or mounted it or was told
   * that it is here (ISO duration). A push that takes longer between its first blob and its
   * manifest may have to push blobs again.
   */
  @WithDefault("PT2H")
  @WithConverter(GraceConverter.class)
  Duration grace();

  /** Reads a duration that is not negative. */
  final class GraceConverter implements Converter<Duration> {
    private static final long serialVersionUID = 1L;

    @Override
    public Duration convert(String value) {
      Duration grace = new DurationConverter().convert(value);
      if (grace.isNegative()) {
        throw new IllegalArgumentException("orlop.gc.grace is at least PT0S, not " + value);
      }
      return grace;
    }
  }
}
