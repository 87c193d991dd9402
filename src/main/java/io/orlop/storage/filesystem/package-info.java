/**
 * Blobs as files of one volume: staged under {@code uploads}, published under {@code blobs}.
 *
 * <p>Callers wait on virtual threads; every operation on a file runs on the platform threads of
 * {@link io.orlop.storage.filesystem.Disk}, because the JDK does not replace a carrier that is
 * stuck in the file system. Every operation goes through one small interface, {@link
 * io.orlop.storage.filesystem.FileLayer}, so that tests can record, fail or undo it.
 */
@NullMarked
package io.orlop.storage.filesystem;

import org.jspecify.annotations.NullMarked;
