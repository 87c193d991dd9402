package io.orlop.platform.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the values of one field must be like. */
public sealed interface Condition {
  /** The value is this one. */
  record Exact(String value) implements Condition {}

  /** The value contains this text, in any case. */
  record Fuzzy(String text) implements Condition {}

  /** The value lies between two others, both included; null for no bound. */
  record Range(@Nullable String from, @Nullable String to) implements Condition {}

  /** The value is one of these. */
  record AnyOf(List<String> values) implements Condition {}

  /** The item has all of these. */
  record AllOf(List<String> values) implements Condition {}
}
