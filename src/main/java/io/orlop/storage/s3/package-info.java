/**
 * Keeps blobs in a bucket of an S3-compatible object store. The only room that knows the SDK: its
 * exceptions are translated at the edge, in {@link io.orlop.storage.s3.Bucket} and {@link
 * io.orlop.storage.s3.MultipartObject}.
 *
 * <p>Each request's bytes become an object of their own below {@code uploads/<upload>/}, complete
 * before they are acknowledged; a blob is put together from such pieces by copies within the store.
 * What pieces an upload has is recorded with its session, so that nothing is listed while a client
 * waits.
 */
@NullMarked
package io.orlop.storage.s3;

import org.jspecify.annotations.NullMarked;
