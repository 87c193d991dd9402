package io.orlop.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/** Pages of lists of the REST API, at random places in the registry of a large company. */
final class RestRows {
  private static final String NAME = "REST: ";
  static final String MEDIAN = "p50";
  static final String P95 = "p95";

  private static final int CLIENTS = 8;
  private static final int PAGE = 15;
  private static final double MOST_SECONDS = 4;

  /** Of each list: a registry runs for days, and its lists are compiled in its first minutes. */
  private static final double WARM_UP_SECONDS = 4;

  private static final String ADMIN = "admin";
  private static final String API = "/api/v2.0";

  /** What Harbor's own tests ask of a list of artifacts. */
  private static final String DETAILS =
      "&with_tag=true&with_label=true&with_scan_overview=true&with_immutable_status=true";

  /** A list: who asks for what. */
  private record Asked(String name, String user, Function<Random, String> path) {
    String row() {
      return named(name);
    }
  }

  private static final List<Asked> ALL =
      List.of(
          new Asked(
              "list projects", ADMIN, random -> "/projects?" + page(random, RestSeeds.PROJECTS)),
          new Asked(
              "list projects, a member",
              RestSeeds.MEMBER,
              random -> "/projects?" + page(random, 100)),
          new Asked(
              "list repositories",
              ADMIN,
              random -> project(random) + "/repositories?" + page(random, RestSeeds.REPOSITORIES)),
          new Asked(
              "list repositories of all projects",
              ADMIN,
              random ->
                  "/repositories?" + page(random, RestSeeds.PROJECTS * RestSeeds.REPOSITORIES)),
          new Asked(
              "list artifacts",
              ADMIN,
              random ->
                  project(random)
                      + "/repositories/service-"
                      + padded(random, RestSeeds.REPOSITORIES, 3)
                      + "/artifacts?page_size=10"
                      + DETAILS),
          new Asked(
              "list artifacts of a project",
              ADMIN,
              random -> project(random) + "/artifacts?" + page(random, 1_000) + DETAILS),
          new Asked(
              "search", ADMIN, random -> "/search?q=team-" + padded(random, RestSeeds.PROJECTS, 4)),
          new Asked(
              "search, a member",
              RestSeeds.MEMBER,
              random -> "/search?q=e-" + padded(random, RestSeeds.REPOSITORIES, 3)),
          new Asked("audit log", ADMIN, random -> "/auditlog-exts?" + page(random, RestSeeds.LOG)),
          new Asked(
              "audit log, a member",
              RestSeeds.MEMBER,
              random -> "/auditlog-exts?" + page(random, 10_000)),
          new Asked(
              "audit log of a project",
              ADMIN,
              random -> project(random) + "/auditlog-exts?" + page(random, 500)),
          new Asked(
              "audit log of a name",
              ADMIN,
              random ->
                  "/auditlog-exts?page_size=15&q=resource%3D~"
                      + padded(random, RestSeeds.PROJECTS, 4)
                      + "/service-0"));

  private final PrintStream out;
  private boolean planted;

  /**
   * The rows.
   *
   * @param out where to tell what takes a while
   */
  RestRows(PrintStream out) {
    this.out = out;
  }

  /** Tells these rows from others. */
  static boolean isList(Row row) {
    return row.name().startsWith(NAME);
  }

  /** The name of the row of a list. */
  static String named(String list) {
    return NAME + list + ", " + CLIENTS + " clients";
  }

  /** The names of all of them. */
  static List<String> names() {
    return ALL.stream().map(Asked::row).toList();
  }

  List<Row> all() {
    return ALL.stream()
        .map(asked ->
            new Row(
                asked.row(),
                Orlop.class::isInstance,
                true,
                (server, seconds) -> pages((Orlop) server, seconds, asked)))
        .toList();
  }

  private List<Figure> pages(Orlop orlop, double seconds, Asked asked)
      throws IOException, InterruptedException {
    plant(orlop);
    Load.Result result = load(orlop, Math.min(seconds, MOST_SECONDS), asked);
    return List.of(
        new Figure(MEDIAN, Unit.MILLISECONDS, result.percentileMillis(0.5)),
        new Figure(P95, Unit.MILLISECONDS, result.percentileMillis(0.95)),
        new Figure("p99", Unit.MILLISECONDS, result.percentileMillis(0.99)));
  }

  private static Load.Result load(Orlop orlop, double seconds, Asked asked)
      throws IOException, InterruptedException {
    int[] seed = {0};
    return Load.run(
        CLIENTS,
        seconds,
        () -> {
          Random random = new Random(seed[0]++);
          return new Getter(
              orlop.port(), Orlop.basic(asked.user()), () -> API + asked.path().apply(random));
        });
  }

  /** Makes what is listed, once, and lets the server see each kind of list. */
  private void plant(Orlop orlop) throws IOException, InterruptedException {
    if (planted) {
      return;
    }
    long begun = System.nanoTime();
    addMember(orlop);
    new RestSeeds(orlop).plant();
    planted = true;
    out.printf(
        "Planted %,d artifacts in %.0f s%n",
        RestSeeds.PROJECTS * RestSeeds.REPOSITORIES * RestSeeds.ARTIFACTS,
        Server.secondsSince(begun));
    for (Asked asked : ALL) {
      Load.Result _ = load(orlop, WARM_UP_SECONDS, asked);
    }
  }

  private static void addMember(Orlop orlop) throws IOException {
    byte[] body =
        """
        {"username":"%s","email":"m@example.com","realname":"A member","password":"%s"}\
        """
            .formatted(RestSeeds.MEMBER, Orlop.PASSWORD)
            .getBytes(StandardCharsets.UTF_8);
    try (Connection connection = Connection.to(orlop.port(), Orlop.basic())) {
      Connection.Head head =
          connection.send(
              "POST",
              API + "/users",
              channel -> write(channel, body),
              "Content-Type: application/json",
              "Content-Length: " + body.length);
      if (head.status() != 201) {
        throw new IOException("Status " + head.status() + " for a new user");
      }
    }
  }

  private static void write(SocketChannel channel, byte[] body) throws IOException {
    Channels.newOutputStream(channel).write(body);
  }

  private static String page(Random random, int items) {
    return "page=" + (1 + random.nextInt(items / PAGE)) + "&page_size=" + PAGE;
  }

  private static String project(Random random) {
    return "/projects/team-" + padded(random, RestSeeds.PROJECTS, 4);
  }

  private static String padded(Random random, int most, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "d", 1 + random.nextInt(most));
  }
}
