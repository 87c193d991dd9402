package io.orlop.system.bootstrap;

import io.smallrye.config.ConfigValidationException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The command line or a setting is wrong; the message says which and how it would be right. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern CONVERSION =
      Pattern.compile("The config property (\\S+) with .* threw an Exception .* converted ");

  /** Says what is wrong, and how it would be right. */
  public UsageException(String message) {
    super(message);
  }

  /** Puts into lines of their own what is wrong with settings, without the library's codes. */
  static UsageException of(ConfigValidationException invalid) {
    return new UsageException(
        IntStream.range(0, invalid.getProblemCount())
            .mapToObj(problem -> invalid.getProblem(problem).getMessage())
            .map(text -> text.replaceAll("([\\w.]+: )?SRCFG\\d+: ", ""))
            .map(text -> CONVERSION.matcher(text).replaceFirst("$1: "))
            .collect(Collectors.joining("\n")));
  }
}
