package io.orlop.system.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, which is written in its package. */
final class ProductVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"Orlop " + current()};
  }

  /** Returns the version, {@code development} where there is no package. */
  static String current() {
    return Objects.requireNonNullElse(
        ProductVersion.class.getPackage().getImplementationVersion(), "development");
  }
}
