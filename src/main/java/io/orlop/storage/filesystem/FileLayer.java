package io.orlop.storage.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What the store asks of a file system, and nothing else. Nothing is durable before {@link
 * OpenFile#sync} (a file's bytes and length) or {@link #syncDirectory} (the names in a folder) has
 * returned.
 */
interface FileLayer {

  /** An open file. Positions count from its start. */
  interface OpenFile extends Closeable {
    /** Writes some of the bytes, at least one, and returns how many. */
    int write(ByteBuffer bytes, long position) throws IOException;

    /** Reads some bytes and returns how many, or -1 at the end. */
    int read(ByteBuffer bytes, long position) throws IOException;

    /** Cuts the file off. */
    void truncate(long size) throws IOException;

    /** Makes the file's bytes and length durable. */
    void sync() throws IOException;
  }

  /**
   * The room on a volume, in bytes.
   *
   * @param usable what can still be written
   * @param total the volume's size
   */
  record Space(long usable, long total) {}

  /** Looks at what is in a folder. */
  interface Visitor {
    /** Sees one file or folder; returns whether to go on. */
    boolean visit(Path path) throws IOException;
  }

  /** Opens a file for writing; makes it if it is missing. */
  OpenFile openForWriting(Path file) throws IOException;

  /**
   * Opens a file for reading.
   *
   * @throws NoSuchFileException if there is none
   */
  OpenFile openForReading(Path file) throws IOException;

  /**
   * Reads size and times.
   *
   * @throws NoSuchFileException if there is no such file or folder
   */
  BasicFileAttributes attributes(Path file) throws IOException;

  /** Makes a folder; returns false if it was there. */
  boolean makeDirectory(Path folder) throws IOException;

  /** Gives a file another name in one step, which replaces a file of that name. */
  void move(Path from, Path to) throws IOException;

  /**
   * Deletes a file or an empty folder; returns false if there was none.
   *
   * @throws DirectoryNotEmptyException if it is a folder with something in it
   */
  boolean delete(Path path) throws IOException;

  /** Makes durable which names the folder has. */
  void syncDirectory(Path folder) throws IOException;

  /** Shows a visitor the files and folders in a folder, in no order, until it has seen enough. */
  void list(Path folder, Visitor visitor) throws IOException;

  /** Measures the volume that a folder is on. */
  Space space(Path folder) throws IOException;

  /** Tells whether the volume that a folder is on is mounted read-only. */
  boolean readOnly(Path folder) throws IOException;
}
