package io.orlop.identity.robot;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How robot accounts are called. Stored is {@code ci} for the system's and {@code library+ci} for
 * that of a project; people and machines see a prefix before it.
 */
@ApplicationScoped
public class RobotNames {
  private static final int MAX_LENGTH = 255;
  private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9]++(?:[._-][a-z0-9]++)*+");

  /** No name of a person has one of these. */
  private static final Pattern RESERVED = Pattern.compile("[,\"~#%$]");

  private final Settings settings;

  RobotNames(Settings settings) {
    this.settings = settings;
  }

  /** Returns the name that people and machines see. */
  public String full(String stored) {
    return settings.robotNamePrefix() + stored;
  }

  /** Returns the stored name; empty if nobody's name with the prefix is like this. */
  public Optional<String> stored(String full) {
    String before = settings.robotNamePrefix();
    return full.startsWith(before) && full.length() > before.length()
        ? Optional.of(full.substring(before.length()))
        : Optional.empty();
  }

  /** Tells whether a name with the prefix can be nobody's but a robot account's. */
  boolean isReserved() {
    return RESERVED.matcher(settings.robotNamePrefix()).find();
  }

  /**
   * Makes the stored name.
   *
   * @param project the project's name; null for an account of the system
   * @throws io.orlop.platform.error.RegistryException BAD_REQUEST if the short name is not allowed
   */
  static String compose(@Nullable String project, String shortName) {
    if (shortName.length() > MAX_LENGTH || !GRAMMAR.matcher(shortName).matches()) {
      throw ErrorCode.BAD_REQUEST.exception(
          "name in body must be 1 to 255 lower-case letters and digits, in runs separated by one"
              + " '.', '_' or '-' each");
    }
    return project == null ? shortName : project + "+" + shortName;
  }
}
