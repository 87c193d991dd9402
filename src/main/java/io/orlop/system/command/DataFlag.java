package io.orlop.system.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag for the data folder, which is a setting by another name, as in {@code orlop run}. */
final class DataFlag {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of the registry (ORLOP_DATA; ./data).")
  private @Nullable String folder;

  /** Makes it the setting; to be called before settings are read. */
  void apply() {
    if (folder != null) {
      System.setProperty("orlop.data", folder);
    }
  }
}
