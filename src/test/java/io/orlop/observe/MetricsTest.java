package io.orlop.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.oci.Digest;
import io.orlop.platform.metrics.MetricsServer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.Exposition;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class MetricsTest {
  private static final String BLOB = "route=\"/v2/{name}/blobs/{digest}\"";
  private static final String UPLOADS = "route=\"/v2/{name}/blobs/uploads\"";
  private static final Pattern NAME = Pattern.compile("\\b(?:orlop|jvm|process|system)_[a-z0-9_]+");

  @Inject TestRegistry registry;
  @Inject MetricsServer server;

  private Exposition metrics() {
    return Exposition.read(address("/metrics"));
  }

  private URI address(String path) {
    await().until(() -> server.port() > 0);
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** A request may be counted a moment after its answer has arrived. */
  private void awaitOneMore(Exposition before, String name, String... labels) {
    await()
        .untilAsserted(() ->
            assertThat(metrics().sum(name, labels))
                .as(name + List.of(labels))
                .isGreaterThanOrEqualTo(before.sum(name, labels) + 1));
  }

  @Test
  void countsRequestsByRouteMethodAndStatus() {
    RepositoryClient repository = registry.newRepository();
    Exposition before = metrics();

    Digest digest = repository.pushBlob(Blobs.random(1000));
    repository.getBlob(digest).expect(200);
    repository.getBlob(Digest.of(Blobs.random(10))).expect(404);

    awaitOneMore(before, "orlop_http_requests_total", UPLOADS, "method=\"POST\"", "status=\"201\"");
    awaitOneMore(before, "orlop_http_requests_total", BLOB, "method=\"GET\"", "status=\"200\"");
    awaitOneMore(before, "orlop_http_requests_total", BLOB, "method=\"GET\"", "status=\"404\"");
    awaitOneMore(before, "orlop_http_request_seconds_bucket", BLOB, "le=\"60.0\"");
  }

  @Test
  void countsTheBytesOfBlobsInBothDirections() {
    RepositoryClient repository = registry.newRepository();
    Exposition before = metrics();

    Digest digest = repository.pushBlob(Blobs.random(123_456));
    repository.getBlob(digest).expect(200);

    for (String name : List.of("orlop_blob_received_bytes_total", "orlop_blob_sent_bytes_total")) {
      await()
          .untilAsserted(() ->
              assertThat(metrics().sum(name)).isGreaterThanOrEqualTo(before.sum(name) + 123_456));
    }
  }

  @Test
  void tellsNothingThatAClientSent() {
    String name = registry.newName("never-seen");

    registry.anonymous().get("/v2/" + name + "/" + name + "/manifests/" + name).expect(401);
    registry.anonymous().get("/" + name + "?" + name);
    registry.anonymous().request("NONSENSE", "/v2/" + name + "/tags/list").send();

    awaitOneMore(new Exposition(List.of()), "orlop_http_requests_total", "route=\"other\"");
    assertThat(metrics().lines()).noneMatch(line -> line.contains(name) || line.contains("NONS"));
  }

  @Test
  void countsUploadsByWhatBecameOfThem() {
    RepositoryClient repository = registry.newRepository();
    Exposition before = metrics();

    URI open = repository.openUpload();
    repository.cancel(repository.openUpload()).expect(204);
    repository.pushBlob(Blobs.random(10));
    repository.finish(repository.openUpload(), Digest.of(Blobs.random(9)), Blobs.random(10));

    awaitOneMore(before, "orlop_uploads_total", "outcome=\"started\"");
    awaitOneMore(before, "orlop_uploads_total", "outcome=\"cancelled\"");
    awaitOneMore(before, "orlop_uploads_total", "outcome=\"finished\"");
    awaitOneMore(before, "orlop_uploads_total", "outcome=\"refused\"");
    await().untilAsserted(() -> assertThat(metrics().sum("orlop_uploads_open")).isPositive());
    repository.cancel(open).expect(204);
  }

  @Test
  void showsWhatTheInstallationStandsOn() {
    registry.newRepository().pushImage("latest");

    awaitOneMore(
        new Exposition(List.of()), "orlop_storage_operation_seconds_count", "operation=\"commit\"");
    Exposition now = metrics();
    assertThat(now.sum("orlop_disk_free_bytes")).isPositive();
    assertThat(now.sum("orlop_disk_size_bytes")).isGreaterThan(now.sum("orlop_disk_free_bytes"));
    assertThat(now.sum("orlop_database_connections")).isPositive();
    assertThat(now.sum("orlop_database_acquisitions_total")).isPositive();
    assertThat(now.names())
        .contains(
            "orlop_database_waiting",
            "orlop_build",
            "orlop_http_requests_active",
            "orlop_tls_certificate_left_seconds",
            "orlop_connections_refused_total",
            "orlop_requests_refused_total",
            "orlop_scrub_read_bytes_total");
    await()
        .untilAsserted(() ->
            assertThat(metrics().sum("orlop_component_healthy", "component=\"database\"")).isOne());
  }

  @Test
  void countsLookupsOfVerifiedTokens() {
    RepositoryClient repository = registry.newRepository();
    String token = repository.registry().token("repository:" + repository.name() + ":pull");
    Exposition before = metrics();

    repository.registry().bearer(token).get("/v2/").expect(200);
    repository.registry().bearer(token).get("/v2/").expect(200);

    String cache = "cache=\"verified-tokens\"";
    awaitOneMore(before, "orlop_cache_lookups_total", cache, "result=\"miss\"");
    awaitOneMore(before, "orlop_cache_lookups_total", cache, "result=\"hit\"");
  }

  @Test
  void countsRunsOfPeriodicWork() {
    awaitOneMore(new Exposition(List.of()), "orlop_job_seconds_count", "outcome=\"succeeded\"");
  }

  @Test
  void staysWithinABoundedNumberOfSeries() {
    registry.newRepository().pushImage("latest");

    assertThat(metrics().lines()).hasSizeLessThan(6_000);
  }

  @Test
  void servesMetricsOnTheirOwnPortAndNothingElse() {
    assertThat(Exposition.get(address("/metrics")).statusCode()).isEqualTo(200);
    assertThat(Exposition.get(address("/v2/")).statusCode()).isEqualTo(404);
    assertThat(registry.anonymous().get("/metrics").status()).isEqualTo(404);
  }

  @Test
  void dashboardUsesOnlyMetricsThatExist() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(Path.of("deploy/grafana/orlop.json").toFile());
    List<String> expressions = new ArrayList<>();
    dashboard.findValues("expr").forEach(expression -> expressions.add(expression.asText()));

    assertThat(expressions).hasSizeGreaterThan(20);
    assertExist(namesIn(String.join("\n", expressions)));
  }

  @Test
  void alertsUseOnlyMetricsThatExist() throws IOException {
    assertExist(namesIn(Files.readString(Path.of("deploy/prometheus/alerts.yml"))));
  }

  private static Set<String> namesIn(String text) {
    return Set.copyOf(NAME.matcher(text).results().map(match -> match.group()).toList());
  }

  private void assertExist(Set<String> wanted) {
    RepositoryClient repository = registry.newRepository();
    repository.pushImage("latest");
    repository.getManifest("latest").expect(200);
    assertThat(wanted).isNotEmpty();
    await().untilAsserted(() -> assertThat(metrics().names()).containsAll(wanted));
  }
}
