package io.orlop.storage.s3;

import io.orlop.testsupport.objectstore.ObjectStore;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings of a bucket, as an operator would make them. */
public final class S3Settings {
  private final Map<String, String> settings = new HashMap<>();

  /** Settings for a bucket of a store, with the right keys. */
  public static S3Settings of(ObjectStore store, String bucket) {
    return new S3Settings()
        .with("endpoint", store.endpoint().toString())
        .with("bucket", bucket)
        .with("access-key", ObjectStore.ACCESS_KEY)
        .with("secret-key", ObjectStore.SECRET_KEY);
  }

  /** Sets one, by its name below {@code orlop.storage.s3}. */
  public S3Settings with(String name, String value) {
    settings.put("orlop.storage.s3." + name, value);
    return this;
  }

  /** Returns them as the driver takes them. */
  public S3Config config() {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .withMapping(S3Config.class)
        .build()
        .getConfigMapping(S3Config.class);
  }
}
