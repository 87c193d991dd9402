package io.orlop.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Small requests, many at a time. */
final class RequestRows {
  static final List<Integer> TAG_COUNTS = List.of(10, 1_000, 100_000);

  private static final String CLIENTS = ", 64 clients";
  private static final int PACED_CLIENTS = 16;

  /** Half of the 12,000 that are aimed at, and what the quickest peer can do as well. */
  private static final int STEADY_PER_SECOND = 6_000;

  /** The same rate for every server. */
  static final String STEADY =
      String.format(Locale.ROOT, "manifest GET by tag with token, %,d a second", STEADY_PER_SECOND);

  private RequestRows() {}

  /** Makes the request for a server, with credentials that are good now. */
  private interface RequestMaker {
    Wrk.Request of(Server server) throws IOException;
  }

  static List<Row> all() {
    String manifest = Seeds.manifestPath(Seeds.REPOSITORY, "latest");
    List<Row> rows = new ArrayList<>();
    rows.add(row("/v2/ with token", _ -> true, pull("GET", "/v2/")));
    rows.add(smallBlob());
    rows.add(
        row("manifest GET by tag with token", _ -> true, pull("GET", manifest))
            .checkedBy(Reading.manifest()));
    rows.add(
        manifest(
            "manifest HEAD by tag with token, 16 clients",
            (server, seconds) -> heads(server, seconds, manifest)));
    rows.add(
        manifest(
            "manifest GET by tag with token at half load",
            (server, seconds) -> halfLoad(server, seconds, manifest)));
    rows.add(
        manifest(
            STEADY,
            (server, seconds) -> steady(server, seconds, manifest, "GET", STEADY_PER_SECOND)));
    rows.add(
        manifest(
            STEADY.replace("GET", "HEAD"),
            (server, seconds) -> steady(server, seconds, manifest, "HEAD", STEADY_PER_SECOND)));
    String token = Orlop.tokenPath(Seeds.REPOSITORY, "pull");
    rows.add(
        row(
            "token issue with password",
            Server::hasTokens,
            _ -> new Wrk.Request("GET", token, Orlop.basic())));
    rows.add(
        row("token issue, anonymous", Server::hasTokens, _ -> new Wrk.Request("GET", token, "")));
    for (int count : TAG_COUNTS) {
      String path = "/v2/" + tagged(count) + "/tags/list?n=10";
      rows.add(
          row(
              tagsName(count),
              Server::isRegistry,
              server -> new Wrk.Request("GET", path, server.authorization(tagged(count), "pull"))));
    }
    return rows;
  }

  /** The name of the row over a repository with so many tags. */
  static String tagsRow(int count) {
    return tagsName(count) + CLIENTS;
  }

  private static String tagsName(int count) {
    return String.format(Locale.ROOT, "tags page of 10 at %,d tags", count);
  }

  /** The repository that has so many tags. */
  static String tagged(int count) {
    return "library/tags" + count;
  }

  private static RequestMaker pull(String method, String path) {
    return server -> new Wrk.Request(method, path, server.authorization(Seeds.REPOSITORY, "pull"));
  }

  private static Row row(String name, Predicate<Server> servers, RequestMaker request) {
    return new Row(
        name + CLIENTS,
        servers,
        true,
        (server, seconds) -> figures(Wrk.run(server, seconds, request.of(server))));
  }

  private static List<Figure> figures(Wrk.Result result) {
    return List.of(
        new Figure("rate", Unit.REQUESTS_PER_SECOND, result.perSecond()).noting(result.note()),
        new Figure("p50", Unit.MILLISECONDS, result.p50()),
        new Figure("p99", Unit.MILLISECONDS, result.p99()));
  }

  private static Row manifest(String name, Row.Measure measure) {
    return new Row(name, _ -> true, true, measure).checkedBy(Reading.manifest());
  }

  private static Row smallBlob() {
    Payload.Body blob = Seeds.blob(4 * Seeds.KIB);
    RequestMaker request = pull("GET", Seeds.blobPath(Seeds.REPOSITORY, blob.digest()));
    return new Row(
            "blob GET 4 KiB with token" + CLIENTS,
            _ -> true,
            true,
            (server, seconds) -> smallBlob(server, seconds, request.of(server), blob.size()))
        .checkedBy(Reading.blob(blob));
  }

  private static List<Figure> smallBlob(
      Server server, double seconds, Wrk.Request request, long size)
      throws IOException, InterruptedException {
    double before = ProcessTree.cpuSeconds(server.roots());
    Wrk.Result result = Wrk.run(server, seconds, request);
    double cpu = ProcessTree.cpuSeconds(server.roots()) - before;
    List<Figure> figures = new ArrayList<>(figures(result));
    double gib = (double) result.count() * size / Seeds.GIB;
    figures.add(new Figure("server CPU", Unit.CPU_SECONDS_PER_GIB, cpu / gib));
    return figures;
  }

  /** Not by wrk, which waits for the body that a HEAD's length tells of. */
  private static List<Figure> heads(Server server, double seconds, String path)
      throws IOException, InterruptedException {
    Load.Result result = Load.run(PACED_CLIENTS, seconds, getters(server, path, "HEAD"));
    return List.of(
        new Figure("rate", Unit.REQUESTS_PER_SECOND, result.perSecond()),
        new Figure("p50", Unit.MILLISECONDS, result.percentileMillis(0.5)),
        new Figure("p99", Unit.MILLISECONDS, result.percentileMillis(0.99)));
  }

  private static List<Figure> halfLoad(Server server, double seconds, String path)
      throws IOException, InterruptedException {
    double full =
        Load.run(PACED_CLIENTS, Math.max(1, seconds / 2), getters(server, path, "GET")).perSecond();
    return steady(server, seconds, path, "GET", full / 2);
  }

  private static List<Figure> steady(
      Server server, double seconds, String path, String method, double perSecond)
      throws IOException, InterruptedException {
    Load.Result result =
        Load.paced(PACED_CLIENTS, perSecond, seconds, getters(server, path, method));
    return List.of(
        new Figure("rate", Unit.REQUESTS_PER_SECOND, result.perSecond()),
        new Figure("p50", Unit.MILLISECONDS, result.percentileMillis(0.5)),
        new Figure("p99", Unit.MILLISECONDS, result.percentileMillis(0.99)));
  }

  private static Load.Clients getters(Server server, String path, String method)
      throws IOException {
    String authorization = server.authorization(Seeds.REPOSITORY, "pull");
    return () -> new Getter(server.port(), authorization, path, method);
  }
}
