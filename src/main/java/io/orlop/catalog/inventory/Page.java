package io.orlop.catalog.inventory;

import java.util.List;

/** A part of a list, and how many items the whole of it has. */
public record Page<T>(List<T> items, long total) {
  static <T> Page<T> empty(long total) {
    return new Page<>(List.of(), total);
  }
}
