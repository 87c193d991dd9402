package io.orlop.api.quota;

import io.orlop.platform.error.ErrorCode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a quota is set to.
 *
 * @param hard the limits by what they limit: {@code storage}, in bytes
 */
record QuotaUpdateRequest(@Nullable Map<String, @Nullable Long> hard) {
  private static final String STORAGE = "storage";

  long storage() {
    if (hard == null || hard.isEmpty()) {
      throw ErrorCode.BAD_REQUEST.exception("hard in body is required");
    }
    hard.keySet().stream()
        .filter(resource -> !resource.equals(STORAGE))
        .findFirst()
        .ifPresent(resource -> {
          throw ErrorCode.BAD_REQUEST.exception("resource " + resource + " not support");
        });
    return Objects.requireNonNullElse(hard.get(STORAGE), 0L);
  }
}
