package io.orlop.storage.s3;

import io.orlop.storage.ParkedDigests;
import java.util.concurrent.ExecutorService;

/**
 * What the writers of a store share.
 *
 * @param requests runs the requests of an upload that go on beside it
 */
record S3Parts(
    Bucket bucket,
    BucketLayout layout,
    PartSizes sizes,
    PartBuffers buffers,
    ParkedDigests parked,
    ExecutorService requests) {}
