package io.orlop.storage.filesystem;

import io.orlop.storage.ParkedDigests;

/** What the writers of a store share. */
record StoreParts(
    FileLayer files,
    Disk disk,
    StoreFolders folders,
    SpaceGuard space,
    ParkedDigests parked,
    StorePlace place,
    BlobFolders blobs) {
  private static final int PARKED_UPLOADS = 10_000;

  /** Puts a store together. */
  static StoreParts over(FileLayer files, StoreFolders folders, SpaceGuard space) {
    StorePlace place = new StorePlace(files, folders);
    Disk disk = new Disk(new DiskFailures(files, folders, place));
    return new StoreParts(
        files,
        disk,
        folders,
        space,
        new ParkedDigests(PARKED_UPLOADS),
        place,
        new BlobFolders(files, disk, folders, place));
  }
}
