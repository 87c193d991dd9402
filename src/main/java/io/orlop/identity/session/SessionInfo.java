package io.orlop.identity.session;

import java.time.Instant;

/**
 * A session as its owner sees it.
 *
 * @param address where it was begun
 * @param userAgent the browser, as it calls itself
 * @param lastSeenAt when it was last used, to about half a minute
 */
public record SessionInfo(
    long id, String address, String userAgent, Instant createdAt, Instant lastSeenAt) {}
