package io.orlop.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A file system in memory that loses its power before or after a chosen operation. From then on
 * every operation fails; {@link #afterPowerCut} tells what a machine may find when it starts again.
 *
 * <p>It promises as little as POSIX does on a journaling file system: a file's bytes are durable
 * after its sync, names after a sync of their folder, and neither brings the other. Of what was not
 * synced any part may survive, writes page by page. A rename is one step, in both folders or in
 * none.
 */
final class PowerCutFileLayer implements FileLayer {

  /** Sees each operation before it is done, and may fail it. */
  interface Trap {
    void before(String operation, Path path) throws IOException;
  }

  private interface Action<T> {
    T run() throws IOException;
  }

  private final ModelTree tree;
  private volatile Trap trap = (_, _) -> {};
  private volatile Space space = new Space(1L << 40, 1L << 40);
  private volatile boolean readOnly;
  private long operations;
  private long cutAt = -1;
  private boolean cutAfter;
  private boolean dead;

  PowerCutFileLayer() {
    this(new ModelTree());
  }

  private PowerCutFileLayer(ModelTree tree) {
    this.tree = tree;
  }

  /**
   * Plans the power cut.
   *
   * @param operation the how-manieth operation from now on is the last one
   * @param done whether it still takes effect, though nobody learns of it
   */
  synchronized void cutAt(long operation, boolean done) {
    cutAt = operations + operation;
    cutAfter = done;
  }

  synchronized void cutNow() {
    dead = true;
  }

  synchronized boolean isCut() {
    return dead;
  }

  synchronized long operations() {
    return operations;
  }

  void trap(Trap next) {
    trap = next;
  }

  void space(long usable) {
    space = new Space(usable, 1L << 40);
  }

  void mountReadOnly(boolean now) {
    readOnly = now;
  }

  /** Returns what is there when the machine starts again. */
  synchronized PowerCutFileLayer afterPowerCut(Random random) {
    dead = true;
    tree.loseUnsynced(random);
    return new PowerCutFileLayer(tree);
  }

  /** Returns all files below a folder, by path. */
  synchronized Map<Path, byte[]> files(Path folder) {
    Map<Path, byte[]> found = new TreeMap<>();
    tree.collect(folder, found);
    return found;
  }

  private <T> T act(String operation, Path path, Action<T> action) throws IOException {
    trap.before(operation, path);
    synchronized (this) {
      if (dead) {
        throw lost();
      }
      operations++;
      if (operations == cutAt) {
        dead = true;
        if (cutAfter) {
          T _ = action.run();
        }
        throw lost();
      }
      return action.run();
    }
  }

  private static IOException lost() {
    return new IOException("The power is gone");
  }

  private final class ModelFile implements OpenFile {
    private final Path path;
    private final ModelNode node;

    private ModelFile(Path path, ModelNode node) {
      this.path = path;
      this.node = node;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      return act(
          "write",
          path,
          () -> {
            byte[] some = new byte[Math.min(bytes.remaining(), 3000)];
            bytes.get(some);
            node.write(position, some);
            return some.length;
          });
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
      return act("read", path, () -> node.read(bytes, position));
    }

    @Override
    public void truncate(long size) throws IOException {
      boolean _ = act("truncate", path, () -> node.truncate(size));
    }

    @Override
    public void sync() throws IOException {
      boolean _ = act("sync", path, node::sync);
    }

    @Override
    public void close() throws IOException {
      boolean _ = act("close", path, () -> true);
    }
  }

  @Override
  public OpenFile openForWriting(Path file) throws IOException {
    return act("create", file, () -> new ModelFile(file, tree.makeFile(file)));
  }

  @Override
  public OpenFile openForReading(Path file) throws IOException {
    return act("open", file, () -> new ModelFile(file, tree.require(file)));
  }

  @Override
  public BasicFileAttributes attributes(Path file) throws IOException {
    return act("attributes", file, () -> tree.require(file).attributes());
  }

  @Override
  public boolean makeDirectory(Path folder) throws IOException {
    return act("make", folder, () -> tree.makeFolder(folder));
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    boolean _ = act("move", to, () -> tree.move(from, to));
  }

  @Override
  public boolean delete(Path path) throws IOException {
    return act("delete", path, () -> tree.delete(path));
  }

  @Override
  public void syncDirectory(Path folder) throws IOException {
    boolean _ = act("sync folder", folder, () -> tree.sync(folder));
  }

  @Override
  public void list(Path folder, Visitor visitor) throws IOException {
    List<Path> paths = act("list", folder, () -> tree.list(folder));
    for (Path path : paths) {
      if (!visitor.visit(path)) {
        return;
      }
    }
  }

  @Override
  public Space space(Path folder) throws IOException {
    return act("space", folder, () -> space);
  }

  @Override
  public boolean readOnly(Path folder) throws IOException {
    return act("mount options", folder, () -> readOnly);
  }

  /** The names, those that are durable and those that are not. */
  private static final class ModelTree {
    private final ModelNode root = ModelNode.folder();
    private final List<Step> unsynced = new ArrayList<>();

    /** A name of a folder, and what it means from now on; nothing if it is gone. */
    private record Change(ModelNode folder, String name, List<ModelNode> meaning) {
      boolean sameName(Change other) {
        return folder == other.folder && name.equals(other.name);
      }

      void applyTo(Map<String, ModelNode> names) {
        if (meaning.isEmpty()) {
          names.remove(name);
        } else {
          names.put(name, meaning.getFirst());
        }
      }
    }

    /** What happens as a whole or not at all. */
    private record Step(List<Change> changes) {
      boolean touches(ModelNode folder) {
        return changes.stream().anyMatch(change -> change.folder == folder);
      }

      boolean touches(Collection<Change> others) {
        return changes.stream().anyMatch(change -> others.stream().anyMatch(change::sameName));
      }

      void makeDurable() {
        changes.forEach(change -> change.applyTo(change.folder.durableNames));
      }
    }

    private void change(Change... changes) {
      for (Change change : changes) {
        change.applyTo(change.folder.names);
      }
      unsynced.add(new Step(List.of(changes)));
    }

    ModelNode require(Path path) throws NoSuchFileException {
      ModelNode node = root;
      for (Path name : path) {
        ModelNode next = node.names.get(name.toString());
        if (next == null) {
          throw new NoSuchFileException(path.toString());
        }
        node = next;
      }
      return node;
    }

    private ModelNode parentOf(Path path) throws NoSuchFileException {
      Path parent = path.getParent();
      return parent == null ? root : require(parent);
    }

    private static String nameOf(Path path) {
      return String.valueOf(path.getFileName());
    }

    ModelNode makeFile(Path path) throws IOException {
      ModelNode folder = parentOf(path);
      ModelNode there = folder.names.get(nameOf(path));
      if (there != null) {
        return there;
      }
      ModelNode made = ModelNode.file();
      change(new Change(folder, nameOf(path), List.of(made)));
      return made;
    }

    boolean makeFolder(Path path) throws IOException {
      ModelNode folder = parentOf(path);
      ModelNode there = folder.names.get(nameOf(path));
      if (there != null) {
        if (there.isFolder) {
          return false;
        }
        throw new FileAlreadyExistsException(path.toString());
      }
      change(new Change(folder, nameOf(path), List.of(ModelNode.folder())));
      return true;
    }

    boolean move(Path from, Path to) throws IOException {
      ModelNode moved = require(from);
      change(
          new Change(parentOf(from), nameOf(from), List.of()),
          new Change(parentOf(to), nameOf(to), List.of(moved)));
      return true;
    }

    boolean delete(Path path) throws IOException {
      ModelNode folder;
      try {
        folder = parentOf(path);
      } catch (NoSuchFileException _) {
        return false;
      }
      ModelNode there = folder.names.get(nameOf(path));
      if (there == null) {
        return false;
      }
      if (!there.names.isEmpty()) {
        throw new DirectoryNotEmptyException(path.toString());
      }
      change(new Change(folder, nameOf(path), List.of()));
      return true;
    }

    List<Path> list(Path folder) throws IOException {
      return require(folder).names.keySet().stream().map(folder::resolve).toList();
    }

    /** Makes a folder's names durable, and what came before on the names that are bound to them. */
    boolean sync(Path path) throws IOException {
      ModelNode folder = require(path);
      List<Change> bound = new ArrayList<>();
      List<Step> durable = new ArrayList<>();
      List<Step> others = new ArrayList<>();
      for (Step step : unsynced.reversed()) {
        if (step.touches(folder) || step.touches(bound)) {
          bound.addAll(step.changes);
          durable.addFirst(step);
        } else {
          others.addFirst(step);
        }
      }
      durable.forEach(Step::makeDurable);
      unsynced.clear();
      unsynced.addAll(others);
      return true;
    }

    void loseUnsynced(Random random) {
      double survive = ModelNode.share(random);
      for (Step step : unsynced) {
        if (random.nextDouble() < survive) {
          step.makeDurable();
        }
      }
      unsynced.clear();
      root.loseUnsynced(random);
    }

    void collect(Path path, Map<Path, byte[]> found) {
      try {
        collect(path, require(path), found);
      } catch (NoSuchFileException _) {
        // Then there is nothing below it.
      }
    }

    private static void collect(Path path, ModelNode node, Map<Path, byte[]> found) {
      if (node.isFolder) {
        node.names.forEach((name, child) -> collect(path.resolve(name), child, found));
      } else {
        found.put(path, node.content());
      }
    }
  }
}
