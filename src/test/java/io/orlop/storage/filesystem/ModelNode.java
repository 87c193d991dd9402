package io.orlop.storage.filesystem;

import java.nio.ByteBuffer;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A file or folder of {@link PowerCutFileLayer}: as it is, and as it is for certain. */
final class ModelNode {
  private static final int PAGE = 512;

  final boolean isFolder;
  final Map<String, ModelNode> names = new TreeMap<>();
  final Map<String, ModelNode> durableNames = new TreeMap<>();
  private final List<Write> unsynced = new ArrayList<>();
  private byte[] content = {};
  private byte[] durable = {};
  private Instant written = Instant.now();

  private ModelNode(boolean isFolder) {
    this.isFolder = isFolder;
  }

  static ModelNode file() {
    return new ModelNode(false);
  }

  static ModelNode folder() {
    return new ModelNode(true);
  }

  /** Bytes at a place; without bytes the file is cut off there. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Write(int position, byte[] bytes) {
    byte[] on(byte[] old) {
      if (bytes.length == 0) {
        return Arrays.copyOf(old, Math.min(old.length, position));
      }
      byte[] result = Arrays.copyOf(old, Math.max(old.length, position + bytes.length));
      System.arraycopy(bytes, 0, result, position, bytes.length);
      return result;
    }
  }

  /** How much of what was not synced survives: often nothing or all, which are the usual cases. */
  static double share(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 1;
      default -> random.nextDouble();
    };
  }

  byte[] content() {
    return content;
  }

  void write(long position, byte[] bytes) {
    for (int from = 0; from < bytes.length; ) {
      int at = (int) position + from;
      int to = Math.min(bytes.length, from + PAGE - at % PAGE);
      change(new Write(at, Arrays.copyOfRange(bytes, from, to)));
      from = to;
    }
  }

  boolean truncate(long size) {
    if (size < content.length) {
      change(new Write((int) size, new byte[0]));
    }
    return true;
  }

  private void change(Write write) {
    content = write.on(content);
    unsynced.add(write);
    written = Instant.now();
  }

  int read(ByteBuffer target, long position) {
    if (position >= content.length) {
      return -1;
    }
    int count = Math.min(target.remaining(), content.length - (int) position);
    target.put(content, (int) position, count);
    return count;
  }

  boolean sync() {
    durable = content;
    unsynced.clear();
    return true;
  }

  /** Falls back to what is durable, and to some of the rest. */
  void loseUnsynced(Random random) {
    double survive = share(random);
    for (Write write : unsynced) {
      if (random.nextDouble() < survive) {
        durable = write.on(durable);
      }
    }
    unsynced.clear();
    content = durable;
    names.clear();
    names.putAll(durableNames);
    names.values().forEach(child -> child.loseUnsynced(random));
  }

  BasicFileAttributes attributes() {
    return new Attributes(isFolder, content.length, FileTime.from(written));
  }

  private record Attributes(boolean isDirectory, long size, FileTime lastModifiedTime)
      implements BasicFileAttributes {
    @Override
    public FileTime lastAccessTime() {
      return lastModifiedTime;
    }

    @Override
    public FileTime creationTime() {
      return lastModifiedTime;
    }

    @Override
    public boolean isRegularFile() {
      return !isDirectory;
    }

    @Override
    public boolean isSymbolicLink() {
      return false;
    }

    @Override
    public boolean isOther() {
      return false;
    }

    @Override
    public Object fileKey() {
      return this;
    }
  }
}
