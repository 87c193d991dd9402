package io.orlop.cluster;

import io.orlop.oci.Digest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pushes blobs in every style, and a manifest after every few, until the server is gone. Notes only
 * what the server acknowledged.
 */
final class CrashPusher implements Runnable {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String BYTES = "application/octet-stream";
  private static final int LARGE = 2_000_000;
  private static final int SMALL = 200_000;

  private final CrashClient client;
  private final Acknowledged acknowledged;
  private final String repository;
  private final Random random;
  private final AtomicBoolean dying;
  private int pushed;

  /** The flag is set when the server is about to be killed: until then it has no excuse. */
  CrashPusher(
      CrashClient client,
      Acknowledged acknowledged,
      String repository,
      long seed,
      AtomicBoolean dying) {
    this.dying = dying;
    this.client = client;
    this.acknowledged = acknowledged;
    this.repository = repository;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    try {
      while (true) {
        pushImage();
      }
    } catch (IOException e) {
      if (!dying.get()) {
        throw new AssertionError("The server failed before it was killed", e);
      }
    }
  }

  private void pushImage() throws IOException {
    Digest layer = pushBlob();
    byte[] config = ("{\"n\":" + random.nextLong() + "}").getBytes(StandardCharsets.UTF_8);
    Digest configDigest = Digest.of(config);
    expect(201, client.post(uploads() + "?digest=" + configDigest, config));
    acknowledged.blob(repository, configDigest);
    String json =
        """
        {"schemaVersion":2,"mediaType":"%s",
         "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
         "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":1}]}
        """
            .formatted(MANIFEST, configDigest, config.length, layer);
    byte[] manifest = json.getBytes(StandardCharsets.UTF_8);
    tag("t" + pushed, manifest);
    tag("latest", manifest);
    if (pushed % 5 == 4) {
      untag("t" + (pushed - 1));
    }
    pushed++;
  }

  private void tag(String name, byte[] manifest) throws IOException {
    String path = manifest(name);
    Optional<Digest> digest = Optional.of(Digest.of(manifest));
    acknowledged.asked(path, digest);
    expect(201, client.put(path, manifest, MANIFEST));
    acknowledged.done(path, digest);
  }

  private void untag(String name) throws IOException {
    String path = manifest(name);
    acknowledged.asked(path, Optional.empty());
    expect(202, client.delete(path));
    acknowledged.done(path, Optional.empty());
  }

  private Digest pushBlob() throws IOException {
    byte[] content = new byte[1 + random.nextInt(random.nextInt(8) == 0 ? LARGE : SMALL)];
    random.nextBytes(content);
    Digest digest = Digest.of(content);
    switch (random.nextInt(6)) {
      case 0 -> expect(201, client.post(uploads() + "?digest=" + digest, content));
      case 1 -> finish(begin(), digest, content);
      case 2 -> finish(location(expect(202, client.stream(begin(), content))), digest);
      case 3, 4 -> inChunks(content, digest);
      default -> digest = mountOrPush();
    }
    acknowledged.blob(repository, digest);
    return digest;
  }

  private void inChunks(byte[] content, Digest digest) throws IOException {
    String upload = begin();
    int from = 0;
    while (from < content.length) {
      int to = Math.min(content.length, from + 1 + random.nextInt(content.length));
      String before = upload;
      upload = location(expect(202, client.patch(upload, content, from, to)));
      acknowledged.ended(before);
      acknowledged.upload(upload, new Acknowledged.Pending(repository, content, to));
      from = to;
    }
    switch (random.nextInt(12)) {
      case 0 -> {
        acknowledged.ended(upload);
        expect(204, client.delete(upload));
        finish(begin(), digest, content);
      }
      case 1 -> {
        // Left alone for ever.
        acknowledged.ended(upload);
        finish(begin(), digest, content);
      }
      default -> {
        acknowledged.ended(upload);
        finish(upload, digest);
      }
    }
  }

  private Digest mountOrPush() throws IOException {
    Optional<Acknowledged.Blob> source = acknowledged.anyBlob(random);
    if (source.isEmpty()) {
      byte[] content = {1};
      expect(201, client.post(uploads() + "?digest=" + Digest.of(content), content));
      return Digest.of(content);
    }
    Acknowledged.Blob blob = source.get();
    String query = "?mount=" + blob.digest() + "&from=" + blob.repository();
    expect(201, client.post(uploads() + query, new byte[0]));
    return blob.digest();
  }

  private void finish(String upload, Digest digest, byte... last) throws IOException {
    expect(201, client.put(CrashClient.closing(upload, digest), last, BYTES));
  }

  private String begin() throws IOException {
    return location(expect(202, client.post(uploads(), new byte[0])));
  }

  private String uploads() {
    return "/v2/" + repository + "/blobs/uploads/";
  }

  private String manifest(String tag) {
    return "/v2/" + repository + "/manifests/" + tag;
  }

  private static String location(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** A server that is losing its database says 5xx; whatever it says, it did not acknowledge. */
  private static HttpResponse<byte[]> expect(int status, HttpResponse<byte[]> answer)
      throws IOException {
    if (answer.statusCode() == status) {
      return answer;
    }
    if (answer.statusCode() >= 500) {
      throw new IOException("The server fails: " + answer.statusCode());
    }
    throw new AssertionError(
        "Expected "
            + status
            + ", got "
            + answer.statusCode()
            + ": "
            + new String(answer.body(), StandardCharsets.UTF_8));
  }
}
