/**
 * S3-compatible stores for tests: s3proxy within the JVM, and MinIO as a process of its own where
 * it is installed.
 */
@NullMarked
package io.orlop.testsupport.objectstore;

import org.jspecify.annotations.NullMarked;
