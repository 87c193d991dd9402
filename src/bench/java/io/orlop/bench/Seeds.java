package io.orlop.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What every server holds before the clock runs: the same blobs and one image. */
final class Seeds {
  static final String REPOSITORY = "library/bench";
  static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

  /** What clients send; without it distribution hides manifests of the OCI's type. */
  static final String ACCEPT = "Accept: " + MANIFEST_TYPE + ", */*";

  static final long KIB = 1024;
  static final long MIB = 1024 * KIB;
  static final long GIB = 1024 * MIB;

  private static final int LAYERS = 20;
  private static final long SEED = 7;

  private Seeds() {}

  /** The blob of a size that every server holds. */
  static Payload.Body blob(long size) {
    return new Payload(size).body(SEED);
  }

  static String blobPath(String repository, String digest) {
    return "/v2/" + repository + "/blobs/" + digest;
  }

  static String manifestPath(String repository, String reference) {
    return "/v2/" + repository + "/manifests/" + reference;
  }

  /** Gives a server the blobs of these sizes and the image {@code library/bench:latest}. */
  static void plant(Server server, List<Long> sizes) throws IOException {
    if (server instanceof Nginx nginx) {
      plantFiles(nginx, sizes);
      return;
    }
    pushImage(server, REPOSITORY, "latest");
    for (long size : sizes) {
      try (Push push = Push.to(server, REPOSITORY)) {
        push.push(Push.Style.POST_PUT, blob(size));
      }
    }
  }

  /** Pushes a small image of 20 layers. */
  static void pushImage(Server server, String repository, String tag) throws IOException {
    try (Push push = Push.to(server, repository)) {
      for (int i = 0; i <= LAYERS; i++) {
        push.push(Push.Style.POST_PUT, layer(i));
      }
      push.manifest(tag, manifest("seed"));
    }
  }

  /** A manifest over the small image's blobs, different for each comment. */
  static byte[] manifest(String comment) {
    List<String> layers = new ArrayList<>();
    for (int i = 1; i <= LAYERS; i++) {
      layers.add(descriptor("layer.v1.tar+gzip", layer(i)));
    }
    return """
    {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s],"annotations":{"comment":"%s"}}\
    """
        .formatted(
            MANIFEST_TYPE,
            descriptor("config.v1+json", layer(0)),
            String.join(",", layers),
            comment)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Payload.Body layer(int number) {
    return new Payload(KIB).body(number);
  }

  private static String descriptor(String kind, Payload.Body blob) {
    return "{\"mediaType\":\"application/vnd.oci.image.%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(kind, blob.digest(), blob.size());
  }

  private static void plantFiles(Nginx nginx, List<Long> sizes) throws IOException {
    Path manifests = nginx.root().resolve("v2").resolve(REPOSITORY).resolve("manifests");
    Files.createDirectories(manifests);
    Files.write(manifests.resolve("latest"), manifest("seed"));
    for (long size : sizes) {
      Payload.Body blob = blob(size);
      Path file = nginx.root().resolve(blobPath(REPOSITORY, blob.digest()).substring(1));
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        blob.writeTo(Channels.newChannel(out));
      }
    }
  }
}
