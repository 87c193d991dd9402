package io.orlop.catalog.label;

import io.orlop.platform.error.ErrorCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people see of a label. */
public record NewLabel(String name, String description, String color) {
  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_DESCRIPTION = 4096;
  private static final int LONGEST_COLOR = 16;

  /**
   * Reads what a client sent.
   *
   * @throws io.orlop.platform.error.RegistryException BAD_REQUEST if it is no label
   */
  public static NewLabel of(
      @Nullable String name, @Nullable String description, @Nullable String color) {
    if (name == null || name.isBlank()) {
      throw ErrorCode.BAD_REQUEST.exception("label name cannot be empty");
    }
    return new NewLabel(
        bounded("name", name, LONGEST_NAME),
        bounded("description", Objects.requireNonNullElse(description, ""), LONGEST_DESCRIPTION),
        bounded("color", Objects.requireNonNullElse(color, ""), LONGEST_COLOR));
  }

  private static String bounded(String field, String text, int longest) {
    if (text.length() > longest || text.indexOf('\0') >= 0) {
      throw ErrorCode.BAD_REQUEST.exception(
          "%s in body should have at most %d characters and no NUL".formatted(field, longest));
    }
    return text;
  }
}
