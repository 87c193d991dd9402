package io.orlop.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orlop.oci.Digest;
import io.orlop.platform.crypto.MasterKey;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.ExternalPostgres;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A registry of the first release is brought up to date: what the newest says of it is what it says
 * of the same content when it took that in itself.
 */
class UpgradeIT {
  private static final String PASSWORD = "Passw0rd-1";
  private static final String API = "/api/v2.0";

  /** What the first release did not keep, or what counts anew in another database. */
  private static final List<String> OWN =
      List.of(
          "id",
          "project_id",
          "repository_id",
          "artifact_id",
          "owner_id",
          "entity_id",
          "user_id",
          "pull_count",
          "pull_time",
          "update_time");

  private final String masterKey = MasterKey.generate();

  @Test
  void saysTheSameOfWhatTheFirstReleaseTookIn() throws Exception {
    try (ExternalPostgres postgres = ExternalPostgres.start()) {
      URI upload;
      Map<String, String> before;
      OrlopServer taking = server(postgres, OrlopServer.newData());
      try (taking) {
        taking.launch();
        fill(taking);
        upload = as(taking, "dora").repository("fleet/app").openUpload();
        as(taking, "dora").repository("fleet/app").patch(upload, 0, new byte[] {1, 2}).expect(202);
        before = said(taking);
        assertThat(taking.stop()).isZero();
      }
      FirstRelease first = FirstRelease.in(postgres);
      first.takeOver(postgres);

      try (OrlopServer upgraded = server(postgres, taking.data())) {
        upgraded.with("ORLOP_DATABASE_URL", first.url()).launch();

        await()
            .atMost(Duration.ofMinutes(2))
            .untilAsserted(() -> assertThat(said(upgraded)).isEqualTo(before));
        rightsAreThoseThatTheyWere(upgraded);
        anUploadGoesOnOrBeginsAnew(upgraded, upload);
        countersGoOn(upgraded, before);
      }
    }
  }

  private void fill(OrlopServer server) {
    RegistryClient admin = server.administrator();
    for (String name : List.of("dora", "gus")) {
      String body =
          "{\"username\":\"%s\",\"email\":\"%s@example.com\",\"realname\":\"R\",\"password\":\"%s\"}"
              .formatted(name, name, PASSWORD);
      post(admin, "/users", body).expect(201);
    }
    post(admin, "/projects", "{\"project_name\":\"fleet\"}").expect(201);
    post(admin, "/projects", "{\"project_name\":\"open\",\"public\":true}").expect(201);
    post(admin, "/projects", "{\"project_name\":\"empty\"}").expect(201);
    member(admin, "fleet", "dora", 2);
    member(admin, "fleet", "gus", 3);
    member(admin, "open", "gus", 4);
    RepositoryClient app = as(server, "dora").repository("fleet/app");
    ManifestBuilder image = app.newImage();
    app.pushManifest("v1", image);
    app.pushManifest("latest", image);
    app.pushImage("v2");
    app.putManifest("all", ManifestBuilder.index().child(image)).expect(201);
    app.sign(image);
    RepositoryClient other = as(server, "gus").repository("open/team/other");
    other
        .registry()
        .request("POST", "/v2/open/team/other/blobs/uploads/?mount=" + Digest.of(new byte[0]))
        .send()
        .expect(202);
    other.pushManifest("v1", other.newImage());
    other.pushBlob("loose".getBytes(UTF_8));
  }

  private static void member(RegistryClient admin, String project, String user, int role) {
    String body = "{\"role_id\":%d,\"member_user\":{\"username\":\"%s\"}}".formatted(role, user);
    post(admin, "/projects/" + project + "/members", body).expect(201);
  }

  /** All that the API and the registry say, by where they say it. */
  private static Map<String, String> said(OrlopServer server) {
    List<String> places = new ArrayList<>();
    for (String list : List.of("/projects", "/users", "/quotas", "/statistics", "/repositories")) {
      places.add(API + list + (list.equals("/statistics") ? "" : "?page_size=0&sort=id"));
    }
    for (String project : List.of("fleet", "open", "empty", "library")) {
      String path = API + "/projects/" + project;
      places.add(path + "/members");
      places.add(path + "/summary");
      places.add(path + "/repositories");
    }
    for (String repository :
        List.of("fleet/repositories/app", "open/repositories/team%252Fother")) {
      places.add(API + "/projects/" + repository);
      places.add(
          API
              + "/projects/"
              + repository
              + "/artifacts?page_size=0&with_accessory=true&with_tag=true");
    }
    places.addAll(
        List.of("/v2/_catalog", "/v2/fleet/app/tags/list", "/v2/fleet/app/manifests/all"));
    Map<String, String> said = new TreeMap<>();
    for (String place : places) {
      Answer answer = server.administrator().get(place).expect(200);
      JsonNode plain = plain(answer.json());
      if (place.contains("/quotas")) {
        plain.forEach(quota -> ((ObjectNode) quota).remove("creation_time")); // It had none.
      }
      said.put(place, plain.toPrettyString());
    }
    return said;
  }

  private static JsonNode plain(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(OWN);
    }
    node.forEach(UpgradeIT::plain);
    return node;
  }

  private static void rightsAreThoseThatTheyWere(OrlopServer server) {
    as(server, "dora").repository("fleet/app").getManifest("latest").expect(200);
    as(server, "gus").repository("fleet/app").getManifest("v2").expect(200);
    as(server, "gus").repository("fleet/app").beginUpload("").expectError(403, "DENIED");
    as(server, "gus").repository("open/team/other").beginUpload("").expect(202);
    as(server, "dora").repository("open/team/other").beginUpload("").expectError(403, "DENIED");
    as(server, "dora").get(API + "/projects/fleet/members").expect(200);
    as(server, "gus").get(API + "/projects/empty").expect(403);
  }

  /**
   * The first release did not keep what a filesystem's upload needs; a client that is told begins
   * anew.
   */
  private static void anUploadGoesOnOrBeginsAnew(OrlopServer server, URI upload) {
    RepositoryClient app = as(server, "dora").repository("fleet/app");
    URI here = URI.create(server.url()).resolve(upload.getRawPath());
    app.status(here).expect(204).expectHeader("Range", "0-1");
    Digest digest = Digest.of(new byte[] {1, 2, 3});
    app.finish(here, digest, new byte[] {3}).expect(201);
    assertThat(app.getBlob(digest).expect(200).bytes()).containsExactly(1, 2, 3);
  }

  private static void countersGoOn(OrlopServer server, Map<String, String> before) {
    RepositoryClient app = as(server, "dora").repository("fleet/app");
    ManifestBuilder image = app.newImage();
    app.pushManifest("v3", image);
    app.deleteManifest(image.digest()).expect(403);
    server.administrator().repository("fleet/app").deleteManifest(image.digest()).expect(202);
    server
        .administrator()
        .request("DELETE", API + "/projects/fleet/repositories/app")
        .send()
        .expect(200);
    Map<String, String> after = said(server, "/quotas?page_size=0&sort=id");
    assertThat(after).isNotEqualTo(before);
  }

  private static Map<String, String> said(OrlopServer server, String list) {
    Answer answer = server.administrator().get(API + list).expect(200);
    Map<String, String> used = new TreeMap<>();
    for (JsonNode quota : answer.json()) {
      String name = quota.path("ref").path("name").asText();
      used.put(name, quota.path("used").path("storage").asText());
    }
    assertThat(used).containsEntry("fleet", "0").containsEntry("empty", "0");
    return used;
  }

  private static Answer post(RegistryClient client, String path, String json) {
    return client
        .request("POST", API + path)
        .header("Content-Type", "application/json")
        .body(json.getBytes(UTF_8))
        .send();
  }

  private static RegistryClient as(OrlopServer server, String name) {
    return RegistryClient.of(URI.create(server.url()), name, PASSWORD);
  }

  private OrlopServer server(ExternalPostgres postgres, java.nio.file.Path data) {
    return postgres.configure(OrlopServer.on(data)).with("ORLOP_MASTER_KEY", masterKey);
  }
}
