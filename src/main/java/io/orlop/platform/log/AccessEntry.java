package io.orlop.platform.log;

/**
 * A request that is over, as the log tells it. Holds nothing secret: no query, no header but two.
 *
 * @param atMillis when it ended, in milliseconds of the epoch
 * @param client the client's address
 * @param principal who made it; empty for nobody in particular
 * @param method how the client wrote it
 * @param path without the query
 * @param status of the answer
 * @param complete whether the whole answer was sent
 * @param received bytes of the request's body
 * @param sent bytes of the answer's body
 * @param nanos how long it took
 * @param agent how the client calls itself; may be empty
 * @param requestId what the answer carries as {@code X-Request-ID}
 */
public record AccessEntry(
    long atMillis,
    String client,
    String principal,
    String method,
    String path,
    int status,
    boolean complete,
    long received,
    long sent,
    long nanos,
    String agent,
    String requestId) {}
