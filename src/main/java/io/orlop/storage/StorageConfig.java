package io.orlop.storage;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How blobs are stored. */
@ConfigMapping(prefix = "orlop.storage")
public interface StorageConfig {

  /**
   * Where blobs are kept: {@code filesystem} (the folder {@code blobs} under {@code orlop.data}) or
   * {@code s3} (a bucket, {@code orlop.storage.s3.*}). Changing it does not move what is stored.
   */
  @WithDefault("filesystem")
  StorageType type();

  /**
   * How much of the volume uploads leave free, so that the database beside them never meets a full
   * disk: sizes such as {@code 1G} and shares such as {@code 2%}, separated by commas, of which the
   * largest counts. Below it new upload bytes are refused with status 507; pulls and deletes go on.
   * Filesystem only.
   */
  @WithDefault("1G,2%")
  SpaceReserve reserve();

  /**
   * How much memory uploads may take for bytes that have arrived and are not written yet, in bytes
   * or with a suffix such as {@code M}. An upload takes up to 512 KiB when the store is slower than
   * its client; while all together take more than this, each gets along with 64 KiB.
   */
  @WithDefault("32M")
  MemorySize uploadBuffers();
}
