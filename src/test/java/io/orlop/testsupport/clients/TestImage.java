package io.orlop.testsupport.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orlop.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An image made on the spot: layers with one file of random bytes each, so that no registry and no
 * client has seen any of them before.
 */
public final class TestImage {

  private static final int FILE_BYTES = 64 * 1024;
  private static final JsonMapper JSON = new JsonMapper();
  private static final String OCI = "application/vnd.oci.image.";

  private final String architecture;
  private final List<byte[]> contents;
  private final List<byte[]> layers = new ArrayList<>();

  private TestImage(String architecture, List<byte[]> contents) {
    this.architecture = architecture;
    this.contents = contents;
    for (int i = 0; i < contents.size(); i++) {
      layers.add(tar(Map.of(fileName(i), contents.get(i))));
    }
  }

  /** A new image for this machine. */
  public static TestImage random(int layers) {
    String architecture = System.getProperty("os.arch");
    return random("aarch64".equals(architecture) ? "arm64" : architecture, layers);
  }

  /** A new image for an architecture, in Go's spelling. */
  public static TestImage random(String architecture, int layers) {
    List<byte[]> made = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      byte[] content = new byte[FILE_BYTES];
      ThreadLocalRandom.current().nextBytes(content);
      made.add(content);
    }
    return new TestImage(architecture, made);
  }

  /** The name of the file that a layer holds. */
  public static String fileName(int layer) {
    return "layer-" + layer + ".bin";
  }

  /** The content of the file that a layer holds. */
  public byte[] content(int layer) {
    return contents.get(layer).clone();
  }

  /**
   * Writes an archive as {@code docker save} does, which {@code docker load}, podman, skopeo, crane
   * and containerd read.
   *
   * @param file where to
   * @param name the image's name and tag
   */
  public Path writeArchive(Path file, String name) {
    List<String> files = new ArrayList<>();
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (int i = 0; i < layers.size(); i++) {
        files.add(i + "/layer.tar");
        add(tar, i + "/layer.tar", layers.get(i));
      }
      byte[] config = config();
      String configFile = Digest.of(config).hex() + ".json";
      add(tar, configFile, config);
      var entry = Map.of("Config", configFile, "RepoTags", List.of(name), "Layers", files);
      add(tar, "manifest.json", json(List.of(entry)));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes an OCI image layout with an index over images.
   *
   * @param folder where to; made if it is not there
   * @param tag the name of the index in the layout
   * @param images what the index lists, each for another architecture
   * @return the digest of the index
   */
  public static Digest writeLayout(Path folder, String tag, TestImage... images) {
    List<Map<String, ?>> manifests = new ArrayList<>();
    for (TestImage image : images) {
      Map<String, String> platform = Map.of("os", "linux", "architecture", image.architecture);
      byte[] manifest = image.writeBlobs(folder);
      manifests.add(descriptor(folder, OCI + "manifest.v1+json", manifest, "platform", platform));
    }
    byte[] index =
        json(
            Map.of("schemaVersion", 2, "mediaType", OCI + "index.v1+json", "manifests", manifests));
    Map<String, String> name = Map.of("org.opencontainers.image.ref.name", tag);
    var entry = descriptor(folder, OCI + "index.v1+json", index, "annotations", name);
    write(
        folder.resolve("index.json"),
        json(Map.of("schemaVersion", 2, "manifests", List.of(entry))));
    write(folder.resolve("oci-layout"), json(Map.of("imageLayoutVersion", "1.0.0")));
    return Digest.of(index);
  }

  private byte[] writeBlobs(Path folder) {
    List<Map<String, ?>> descriptors = new ArrayList<>();
    for (byte[] layer : layers) {
      descriptors.add(descriptor(folder, OCI + "layer.v1.tar", layer, "annotations", Map.of()));
    }
    var config = descriptor(folder, OCI + "config.v1+json", config(), "annotations", Map.of());
    return json(
        Map.of(
            "schemaVersion",
            2,
            "mediaType",
            OCI + "manifest.v1+json",
            "config",
            config,
            "layers",
            descriptors));
  }

  private byte[] config() {
    List<String> diffIds = layers.stream().map(layer -> Digest.of(layer).toString()).toList();
    return json(
        Map.of(
            "architecture",
            architecture,
            "os",
            "linux",
            "config",
            Map.of(),
            "rootfs",
            Map.of("type", "layers", "diff_ids", diffIds)));
  }

  private static Map<String, ?> descriptor(
      Path folder, String mediaType, byte[] bytes, String extra, Map<String, String> values) {
    Digest digest = Digest.of(bytes);
    write(folder.resolve("blobs").resolve("sha256").resolve(digest.hex()), bytes);
    return Map.of(
        "mediaType", mediaType, "digest", digest.toString(), "size", bytes.length, extra, values);
  }

  /** An archive of files, as a layer or a chart is one. */
  public static byte[] tar(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        add(tar, file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
