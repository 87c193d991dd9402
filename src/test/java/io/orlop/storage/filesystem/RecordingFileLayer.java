package io.orlop.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The real file system, with a record of what was asked of it, and with a trap that can hold up,
 * change or fail what is asked.
 */
class RecordingFileLayer implements FileLayer {

  /** Sees each operation before it is done. */
  interface Trap {
    void before(String operation, Path path) throws IOException;
  }

  private final FileLayer real = new ChannelFileLayer();
  private final Path root;
  private final List<String> record = new CopyOnWriteArrayList<>();
  private volatile Trap trap = (_, _) -> {};

  /** Records paths relative to a folder. */
  RecordingFileLayer(Path root) {
    this.root = root;
  }

  /** Sets the trap. */
  void trap(Trap next) {
    trap = next;
  }

  /** Returns what was done so far, as {@code operation path}. */
  List<String> record() {
    return List.copyOf(record);
  }

  /** Forgets what was done so far. */
  void forget() {
    record.clear();
  }

  final void note(String operation, Path path) throws IOException {
    trap.before(operation, path);
    record.add(operation + " " + root.relativize(path));
  }

  private final class RecordingFile implements OpenFile {
    private final OpenFile file;
    private final Path path;

    private RecordingFile(OpenFile file, Path path) {
      this.file = file;
      this.path = path;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      note("write", path);
      return file.write(bytes, position);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
      note("read", path);
      return file.read(bytes, position);
    }

    @Override
    public void truncate(long size) throws IOException {
      note("truncate", path);
      file.truncate(size);
    }

    @Override
    public void sync() throws IOException {
      note("sync", path);
      file.sync();
    }

    @Override
    public void close() throws IOException {
      note("close", path);
      file.close();
    }
  }

  @Override
  public OpenFile openForWriting(Path file) throws IOException {
    note("open", file);
    return new RecordingFile(real.openForWriting(file), file);
  }

  @Override
  public OpenFile openForReading(Path file) throws IOException {
    note("open", file);
    return new RecordingFile(real.openForReading(file), file);
  }

  @Override
  public BasicFileAttributes attributes(Path file) throws IOException {
    note("attributes", file);
    return real.attributes(file);
  }

  @Override
  public boolean makeDirectory(Path folder) throws IOException {
    note("make", folder);
    return real.makeDirectory(folder);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    note("move to", to);
    real.move(from, to);
  }

  @Override
  public boolean delete(Path path) throws IOException {
    note("delete", path);
    return real.delete(path);
  }

  @Override
  public void syncDirectory(Path folder) throws IOException {
    note("sync folder", folder);
    real.syncDirectory(folder);
  }

  @Override
  public void list(Path folder, Visitor visitor) throws IOException {
    note("list", folder);
    real.list(folder, visitor);
  }

  @Override
  public Space space(Path folder) throws IOException {
    note("space", folder);
    return real.space(folder);
  }

  @Override
  public boolean readOnly(Path folder) throws IOException {
    note("mount options", folder);
    return real.readOnly(folder);
  }
}
