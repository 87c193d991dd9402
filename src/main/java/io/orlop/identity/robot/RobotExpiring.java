package io.orlop.identity.robot;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A robot account is about to expire: fired once for each end that it is given.
 *
 * @param name the name with the prefix
 * @param projectId the project that it belongs to; null if it is the system's
 * @param expiresAt its end
 */
public record RobotExpiring(long id, String name, @Nullable Long projectId, Instant expiresAt) {}
