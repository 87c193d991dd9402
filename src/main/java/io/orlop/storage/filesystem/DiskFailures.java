package io.orlop.storage.filesystem;

import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Says what a failed file operation means. Java tells only some errors apart by type; for the
 * others the volume is looked at, never the message, which depends on the machine and its language.
 */
final class DiskFailures {
  /** With less room than this a write that failed is taken to have failed for it. */
  private static final long HARDLY_ANY = 1 << 20;

  private final FileLayer files;
  private final StoreFolders folders;
  private final StorePlace place;

  DiskFailures(FileLayer files, StoreFolders folders, StorePlace place) {
    this.files = files;
    this.folders = folders;
    this.place = place;
  }

  /**
   * Translates a failure.
   *
   * @param what what was tried, after "Cannot"
   */
  StorageException translate(String what, Path path, IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ ->
          failed(
              Kind.MISCONFIGURED,
              what,
              path,
              "permission denied. Give the user that runs Orlop the right to read and write "
                  + folders.data(),
              failure);
      case AtomicMoveNotSupportedException _ ->
          failed(
              Kind.MISCONFIGURED,
              what,
              path,
              folders.uploads() + " and " + folders.blobs() + " must be on the same volume",
              failure);
      case NoSuchFileException _ -> missing(what, path, failure);
      default -> byVolume(what, path, failure);
    };
  }

  private StorageException missing(String what, Path path, IOException failure) {
    try {
      StorePlace.Known _ = place.require();
      files.attributes(folders.blobs());
      files.attributes(folders.uploads());
      return failed(Kind.NOT_FOUND, what, path, "there is no such file", failure);
    } catch (StorageException away) {
      away.addSuppressed(failure);
      return away;
    } catch (IOException e) {
      failure.addSuppressed(e);
      return failed(
          Kind.MISCONFIGURED,
          what,
          path,
          "the store's folders are gone. Is the volume of " + folders.data() + " mounted?",
          failure);
    }
  }

  private StorageException byVolume(String what, Path path, IOException failure) {
    try {
      if (files.space(folders.data()).usable() < HARDLY_ANY) {
        return failed(
            Kind.NO_SPACE,
            what,
            path,
            "the volume is full. Delete images and run garbage collection, or enlarge the volume",
            failure);
      }
      if (files.readOnly(folders.data())) {
        return failed(
            Kind.MISCONFIGURED,
            what,
            path,
            "the volume is mounted read-only. If it was not meant to be, see the kernel's log",
            failure);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failed(Kind.UNAVAILABLE, what, path, String.valueOf(failure.getMessage()), failure);
  }

  private static StorageException failed(
      Kind kind, String what, Path path, String reason, IOException failure) {
    return new StorageException(kind, "Cannot " + what + " " + path + ": " + reason + ".", failure);
  }
}
