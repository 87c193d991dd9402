package io.orlop.cluster;

import io.orlop.oci.Digest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pushes blobs in every style, and a manifest after every few, until the server is gone. Notes only
 * what the server acknowledged.
 */
final class CrashPusher implements Runnable {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String BYTES = "application/octet-stream";

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
    Digest layer = pushBlob(random.nextInt(4));
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
    String path = "/v2/" + repository + "/manifests/t" + pushed++;
    expect(201, client.put(path, manifest, MANIFEST));
    acknowledged.tag(path, Digest.of(manifest));
  }

  private Digest pushBlob(int style) throws IOException {
    byte[] content = new byte[1 + random.nextInt(300_000)];
    random.nextBytes(content);
    Digest digest = Digest.of(content);
    if (style == 0) {
      expect(201, client.post(uploads() + "?digest=" + digest, content));
    } else {
      bySession(style, content, digest);
    }
    acknowledged.blob(repository, digest);
    return digest;
  }

  private void bySession(int style, byte[] content, Digest digest) throws IOException {
    String upload = location(expect(202, client.post(uploads(), new byte[0])));
    byte[] last = {};
    switch (style) {
      case 1 -> last = content;
      case 2 -> upload = location(expect(202, client.stream(upload, content)));
      default -> {
        int middle = content.length / 2;
        if (middle > 0) {
          upload = location(expect(202, client.patch(upload, content, 0, middle)));
          acknowledged.upload(upload, new Acknowledged.Pending(repository, content, middle));
        }
        String before = upload;
        upload = location(expect(202, client.patch(upload, content, middle, content.length)));
        acknowledged.ended(before);
      }
    }
    expect(201, client.put(CrashClient.closing(upload, digest), last, BYTES));
  }

  private String uploads() {
    return "/v2/" + repository + "/blobs/uploads/";
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
