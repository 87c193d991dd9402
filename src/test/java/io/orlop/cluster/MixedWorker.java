package io.orlop.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orlop.cluster.MixedImages.Image;
import io.orlop.oci.Digest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** One client: three pulls for each push, and now and then it deletes a tag. */
final class MixedWorker implements Runnable {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final int LARGE = 6_000_000;
  private static final int SMALL = 150_000;

  private final MixedClient client;
  private final MixedImages images;
  private final MixedTally tally;
  private final Random random;
  private final BooleanSupplier over;
  private final String repository;
  private int pushed;

  MixedWorker(
      MixedClient client, MixedImages images, MixedTally tally, int number, BooleanSupplier over) {
    this.client = client;
    this.images = images;
    this.tally = tally;
    this.random = new Random(number);
    this.over = over;
    this.repository = "library/mixed-" + number;
  }

  @Override
  public void run() {
    while (!over.getAsBoolean()) {
      try {
        act();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(50));
      } catch (IOException | RuntimeException e) {
        tally.error(e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void act() throws IOException {
    Optional<Image> image = images.any(random);
    if (image.isEmpty() || random.nextInt(4) == 0) {
      push();
    } else if (random.nextInt(40) == 0) {
      delete(image.get());
    } else {
      pull(image.get());
    }
  }

  private void push() throws IOException {
    List<Digest> blobs = new ArrayList<>();
    List<String> layers = new ArrayList<>();
    for (int layer = 0; layer <= random.nextInt(3); layer++) {
      byte[] content = new byte[1 + random.nextInt(random.nextInt(12) == 0 ? LARGE : SMALL)];
      random.nextBytes(content);
      blobs.add(push(content));
      layers.add(descriptor(LAYER, content));
    }
    byte[] config = ("{\"n\":" + random.nextLong() + "}").getBytes(UTF_8);
    blobs.add(push(config));
    byte[] manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}\
        """
            .formatted(
                MANIFEST,
                descriptor(CONFIG, config),
                layers.stream().collect(Collectors.joining(",")))
            .getBytes(UTF_8);
    String tag = "t" + pushed++;
    expect(201, client.putManifest(repository, tag, manifest, MANIFEST));
    images.add(new Image(repository, tag, Digest.of(manifest), List.copyOf(blobs)));
    tally.count("pushes");
  }

  private Digest push(byte[] content) throws IOException {
    Digest digest = Digest.of(content);
    int status = client.head(repository, "/blobs/" + digest).statusCode();
    if (status != 404) {
      throw new IOException("HEAD of a blob that nobody pushed: " + status);
    }
    client.pushBlob(repository, content, random.nextInt(5));
    tally.count("blobs pushed");
    return digest;
  }

  private static String descriptor(String type, byte[] content) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, Digest.of(content), content.length);
  }

  private void delete(Image image) throws IOException {
    if (images.leaves(image)) {
      int status = client.delete(image.repository(), image.path()).statusCode();
      // A repeated one finds nothing any more.
      if (status != 202 && status != 404) {
        throw new IOException("DELETE of " + image + ": " + status);
      }
      tally.count("tags deleted");
    }
  }

  private void pull(Image image) throws IOException {
    HttpResponse<byte[]> found = client.get(image.repository(), image.path());
    if (found.statusCode() == 404 && images.mayBeAway(image)) {
      return;
    }
    verify(client, image, found);
    tally.count("pulls");
  }

  /** Reads an image wholly and compares every byte. */
  static void verify(MixedClient client, Image image) throws IOException {
    verify(client, image, client.get(image.repository(), image.path()));
  }

  private static void verify(MixedClient client, Image image, HttpResponse<byte[]> manifest)
      throws IOException {
    compare(image.manifest(), manifest);
    for (Digest blob : image.blobs()) {
      compare(blob, client.get(image.repository(), "/blobs/" + blob));
    }
  }

  private static void compare(Digest wanted, HttpResponse<byte[]> answer) throws IOException {
    expect(200, answer);
    if (!Digest.of(answer.body()).equals(wanted)) {
      throw new IOException("Wrong bytes of " + wanted);
    }
  }

  private static void expect(int status, HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != status) {
      throw new IOException(
          "%s: %d %s"
              .formatted(answer.request(), answer.statusCode(), new String(answer.body(), UTF_8)));
    }
  }
}
