package io.orlop.api;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Truth in query parameters and headers, as Harbor's clients write it. */
public final class Booleans {
  private static final Set<String> TRUE =
      Set.of("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled");

  private Booleans() {}

  /** Reads a parameter; empty if it is absent or has no value. Whatever is not true is false. */
  public static Optional<Boolean> parse(@Nullable String text) {
    return text == null || text.isEmpty()
        ? Optional.empty()
        : Optional.of(TRUE.contains(text.toLowerCase(Locale.ROOT)));
  }
}
