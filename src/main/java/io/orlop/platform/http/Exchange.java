package io.orlop.platform.http;

/**
 * A request and its answer, when both are over.
 *
 * @param route the endpoint's path with placeholders
 * @param method how the client wrote it
 * @param status of the answer
 * @param nanos how long it took, from the request's head to the answer's end
 * @param received bytes of the request's body
 * @param sent bytes of the answer's body
 * @param complete whether the whole answer was sent
 */
record Exchange(
    String route,
    String method,
    int status,
    long nanos,
    long received,
    long sent,
    boolean complete) {}
