package io.orlop.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes an image of random layers that nobody has seen, as {@code docker load} reads it. */
final class ImageArchive {
  private static final int BLOCK = 512;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_LENGTH = 8;

  private ImageArchive() {}

  /** Writes an image with so many layers of so many bytes. */
  static void write(Path file, String name, int layers, int bytes) throws IOException {
    Random random = new Random();
    List<String> files = new ArrayList<>();
    List<String> diffIds = new ArrayList<>();
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < layers; i++) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        ByteArrayOutputStream layer = new ByteArrayOutputStream(bytes + 4 * BLOCK);
        entry(layer, "layer-" + i, content);
        end(layer);
        entry(out, i + "/layer.tar", layer.toByteArray());
        files.add("\"" + i + "/layer.tar\"");
        MessageDigest digest = Payload.sha256();
        diffIds.add("\"" + Payload.hex(digest.digest(layer.toByteArray())) + "\"");
      }
      String config =
          "{\"architecture\":\"%s\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}"
              .formatted(architecture(), String.join(",", diffIds));
      entry(out, "config.json", utf8(config));
      String manifest =
          "[{\"Config\":\"config.json\",\"RepoTags\":[\"%s\"],\"Layers\":[%s]}]"
              .formatted(name, String.join(",", files));
      entry(out, "manifest.json", utf8(manifest));
      end(out);
    }
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("aarch64") ? "arm64" : name;
  }

  private static void entry(OutputStream out, String name, byte[] content) throws IOException {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(content.length));
    put(header, 136, "00000000000\0");
    put(header, CHECKSUM_AT, " ".repeat(CHECKSUM_LENGTH));
    put(header, 156, "0");
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte one : header) {
      sum += one & 0xff;
    }
    put(header, CHECKSUM_AT, "%06o\0 ".formatted(sum));
    out.write(header);
    out.write(content);
    out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  private static void end(OutputStream out) throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
