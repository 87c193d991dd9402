package io.orlop.catalog.project;

import io.orlop.platform.error.ErrorCode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The vulnerabilities that do not count.
 *
 * @param id 0 if nobody has set one
 * @param projectId 0 for the list of the whole registry
 * @param expiresAt in seconds since 1970; null for never
 * @param cveIds what does not count, such as {@code CVE-2019-10164}
 * @param createdAt null if nobody has set one
 */
public record CveAllowlist(
    long id,
    long projectId,
    @Nullable Long expiresAt,
    List<String> cveIds,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt) {
  private static final int MOST = 10_000;
  private static final int LONGEST = 128;

  /** Returns the list that there is when nobody has set one. */
  static CveAllowlist none(long projectId) {
    return new CveAllowlist(0, projectId, null, List.of(), null, null);
  }

  /**
   * What a client sets a list to.
   *
   * @param expiresAt in seconds since 1970; null for never
   */
  public record Change(@Nullable Long expiresAt, List<String> cveIds) {

    /**
     * Checks it.
     *
     * @throws io.orlop.platform.error.RegistryException BAD_REQUEST if an id is no id, or there
     *     twice
     */
    public Change {
      if (cveIds.size() > MOST) {
        throw ErrorCode.BAD_REQUEST.exception(
            "items in body should have at most " + MOST + " items");
      }
      Set<String> seen = new HashSet<>();
      for (String id : cveIds) {
        if (id.isBlank() || id.length() > LONGEST || id.indexOf('\0') >= 0) {
          throw ErrorCode.BAD_REQUEST.exception(
              "cve_id in body should have from 1 to " + LONGEST + " characters");
        }
        if (!seen.add(id)) {
          throw ErrorCode.BAD_REQUEST.exception("duplicate CVE ID in allowlist: " + id);
        }
      }
      cveIds = List.copyOf(cveIds);
    }
  }
}
