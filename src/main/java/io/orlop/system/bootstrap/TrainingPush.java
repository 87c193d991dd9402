package io.orlop.system.bootstrap;

import static io.orlop.system.bootstrap.TrainingClient.REPOSITORY;

import io.orlop.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** Pushes blobs in every way that clients have, and now and then a manifest. */
final class TrainingPush implements TrainingRun.Exercise {
  private static final Logger LOG = Logger.getLogger(TrainingPush.class);
  private static final String UPLOADS = REPOSITORY + "/blobs/uploads/";
  private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final int CREATED = 201;

  /** What is smaller goes another way in places. */
  private static final int SMALL = 1024;

  private static final int LARGE = 512 * 1024;
  private static final int LARGEST = 4 * 1024 * 1024;

  /** One of so many pushes is a large one, and one brings a manifest. */
  private static final int SOME = 8;

  private final TrainingClient client;
  private final byte[] base = new byte[LARGEST];

  TrainingPush(TrainingClient client) {
    this.client = client;
    ThreadLocalRandom.current().nextBytes(base);
  }

  @Override
  public void once(int round) throws IOException, InterruptedException {
    String token = client.token("pull,push");
    int size = round % SOME == 0 ? LARGE : SMALL;
    for (Way way : Way.values()) {
      Digest digest = push(way, token, size);
      if (round % SOME == 1) {
        manifest(token, way.name(), List.of(digest), size);
      }
    }
  }

  /** Pushes what will be pulled; returns a small blob, a larger one and one to read parts of. */
  List<Digest> seed() throws IOException, InterruptedException {
    String token = client.token("pull,push");
    List<Digest> blobs =
        List.of(
            push(Way.PUT, token, 4 * SMALL),
            push(Way.PATCH, token, LARGE),
            push(Way.POST, token, LARGEST));
    manifest(token, "latest", blobs.subList(0, 1), 4 * SMALL);
    return blobs;
  }

  /** How a blob may come. */
  private enum Way {
    POST,
    PUT,
    PATCH
  }

  private Digest push(Way way, String token, int size) throws IOException, InterruptedException {
    byte[] blob = Arrays.copyOf(base, size);
    ByteBuffer.wrap(blob).putLong(ThreadLocalRandom.current().nextLong());
    Digest digest = Digest.of(blob);
    BodyPublisher body = BodyPublishers.ofByteArray(blob);
    HttpResponse<Void> answer =
        switch (way) {
          case POST -> client.send(typed(token, UPLOADS + "?digest=" + digest).POST(body));
          case PUT -> client.send(typed(token, closing(begin(token), digest)).PUT(body));
          case PATCH -> {
            BodyPublisher chunks =
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blob));
            var patched = client.send(typed(token, begin(token)).method("PATCH", chunks));
            yield client.send(
                typed(token, closing(location(patched), digest)).PUT(BodyPublishers.noBody()));
          }
        };
    require(answer);
    return digest;
  }

  private String begin(String token) throws IOException, InterruptedException {
    return location(client.send(client.byToken(token, UPLOADS).POST(BodyPublishers.noBody())));
  }

  private void manifest(String token, String tag, List<Digest> blobs, int size)
      throws IOException, InterruptedException {
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"%s",
         "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
         "layers":[]}\
        """
            .formatted(MANIFEST_TYPE, blobs.getFirst(), size);
    require(
        client.send(
            client
                .byToken(token, REPOSITORY + "/manifests/" + tag)
                .header("Content-Type", MANIFEST_TYPE)
                .PUT(BodyPublishers.ofString(manifest))));
  }

  private HttpRequest.Builder typed(String token, String path) {
    return client.byToken(token, path).header("Content-Type", "application/octet-stream");
  }

  private static String closing(String location, Digest digest) {
    return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
  }

  private static String location(HttpResponse<Void> answer) {
    return answer.headers().firstValue("Location").orElse(UPLOADS);
  }

  private static void require(HttpResponse<Void> pushed) {
    if (pushed.statusCode() != CREATED) {
      LOG.warnf("The training push was answered with %d", pushed.statusCode());
    }
  }
}
