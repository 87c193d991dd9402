package io.orlop.api;

import io.orlop.platform.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param number the page, the first is 1
 * @param size how many items a page has; 0 for all of them on one page
 */
public record PageRequest(long number, int size) {
  private static final int DEFAULT_SIZE = 10;
  private static final int MAX_SIZE = 100;
  private static final long MAX_NUMBER = Long.MAX_VALUE / MAX_SIZE;

  /**
   * Reads the query parameters {@code page} and {@code page_size}.
   *
   * @throws io.orlop.platform.error.RegistryException UNPROCESSABLE_ENTITY if one is no number, or
   *     a page larger than 100 is asked for
   */
  public static PageRequest parse(@Nullable String page, @Nullable String pageSize) {
    long number = parse("page", page, 1);
    long size = parse("page_size", pageSize, DEFAULT_SIZE);
    if (size > MAX_SIZE) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception(
          "page_size in query should be less than or equal to " + MAX_SIZE);
    }
    return new PageRequest(Math.clamp(number, 1, MAX_NUMBER), (int) Math.max(size, 0));
  }

  /** Returns at most how many items to read. */
  public long limit() {
    return size == 0 ? Long.MAX_VALUE : size;
  }

  /** Returns how many items come before the page. */
  public long offset() {
    return (number - 1) * size;
  }

  boolean hasPrevious(long total) {
    return size > 0 && number > 1 && offset() <= total;
  }

  boolean hasNext(long total) {
    return size > 0 && offset() + size < total;
  }

  private static long parse(String name, @Nullable String text, long absent) {
    if (text == null || text.isEmpty()) {
      return absent;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception(name + " in query must be of type int64");
    }
  }
}
