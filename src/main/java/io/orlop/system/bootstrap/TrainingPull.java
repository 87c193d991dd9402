package io.orlop.system.bootstrap;

import static io.orlop.system.bootstrap.TrainingClient.REPOSITORY;

import io.orlop.oci.Digest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

/** Reads as clients do that pull, look for what they have, or list. */
final class TrainingPull implements TrainingRun.Exercise {
  /** As often more as a client asks for each of these than for a token. */
  private static final int OFTEN = 5;

  private static final String MANIFEST = REPOSITORY + "/manifests/latest";
  private static final List<String> SELDOM =
      List.of(
          "/v2/",
          MANIFEST,
          REPOSITORY + "/tags/list",
          "/v2/_catalog",
          "/service/token?service=harbor-registry&scope=repository:library/training:pull,push",
          "/api/v2.0/health",
          "/api/v2.0/ping",
          "/api/v2.0/systeminfo",
          "/api/v2.0/projects");

  private final TrainingClient client;
  private final String small;
  private final String large;
  private final String largest;

  /**
   * One that pulls.
   *
   * @param blobs a small one, a larger one and one to read parts of
   */
  TrainingPull(TrainingClient client, List<Digest> blobs) {
    this.client = client;
    this.small = REPOSITORY + "/blobs/" + blobs.get(0);
    this.large = REPOSITORY + "/blobs/" + blobs.get(1);
    this.largest = REPOSITORY + "/blobs/" + blobs.get(2);
  }

  @Override
  public void once(int round) throws IOException, InterruptedException {
    client.anonymousToken();
    String token = client.token("pull");
    for (int i = 0; i < OFTEN; i++) {
      for (String path : List.of("/v2/", MANIFEST, REPOSITORY + "/tags/list?n=10", small)) {
        HttpResponse<Void> _ = client.send(client.byToken(token, path));
      }
      for (String path : List.of(MANIFEST, small)) {
        HttpResponse<Void> _ = client.send(client.byToken(token, path).HEAD());
      }
    }
    HttpResponse<Void> _ = client.send(client.byToken(token, large));
    client.sendAndHangUp(client.byToken(token, largest).header("Range", "bytes=" + round + "-"));
  }

  /** Asks by password and as nobody for what is asked for now and then. */
  void lookAround() throws IOException, InterruptedException {
    for (String path : SELDOM) {
      HttpResponse<Void> _ = client.send(client.byPassword(path));
      HttpResponse<Void> _ = client.send(client.asNobody(path));
    }
  }
}
