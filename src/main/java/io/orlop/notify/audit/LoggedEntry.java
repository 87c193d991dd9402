package io.orlop.notify.audit;

import java.time.Instant;

/**
 * A line of the log, as it was written.
 *
 * @param id its number
 * @param at when it happened
 * @param username who did it
 * @param operation such as {@code pull}
 * @param resourceType such as {@code artifact}
 * @param resource such as {@code library/alpine:3}
 * @param succeeded whether it was done
 * @param origin how the request came
 */
public record LoggedEntry(
    long id,
    Instant at,
    String username,
    String operation,
    String resourceType,
    String resource,
    boolean succeeded,
    Origin origin) {

  /**
   * How a request came.
   *
   * @param method how the caller was known
   * @param robotId the robot account, 0 for none
   * @param tokenId the personal token, 0 for none
   */
  public record Origin(
      String method,
      String address,
      String userAgent,
      String requestId,
      long robotId,
      long tokenId) {}

  /** Returns what people read. */
  public String description() {
    return operation + " " + resourceType + ": " + resource;
  }
}
