package io.orlop.bench;

import java.util.ArrayList;
import java.util.List;

/** What Orlop is to reach. */
final class Targets {
  static final String MEMORY = "memory";
  static final String MOST = "most under load (PSS)";
  static final String MOST_OF_LISTS = "most under the lists (PSS)";

  private static final String THROUGHPUT = "throughput";
  private static final String RATE = "rate";
  private static final String P99 = "p99";
  private static final List<String> REGISTRIES =
      List.of("docker-registry", "distribution v3", "zot", "zot-commit");

  /** Those that wait for the disk before they acknowledge a push. */
  private static final List<String> DURABLE =
      List.of("docker-registry", "distribution v3", "zot-commit");

  private static final List<String> CEILING = List.of("nginx");

  private Targets() {}

  /** Whether a server is one to compare with in a row: in a push, one that waits for the disk. */
  static boolean isPeer(String row, String server) {
    boolean writes = row.contains("push") || row.contains("PUT") || row.contains("uploads");
    return (writes ? DURABLE : REGISTRIES).contains(server);
  }

  static List<Target> all() {
    List<Target> targets = new ArrayList<>();
    for (Row row : BlobRows.all()) {
      if (row.name().startsWith("blob GET 1")) {
        targets.add(relative(row.name(), THROUGHPUT, 0.95, CEILING));
        targets.add(relative(row.name(), "server CPU", 1.5, CEILING));
      }
    }
    String small = "blob GET 4 KiB with token, 64 clients";
    targets.add(relative(small, RATE, 1, REGISTRIES));
    targets.add(relative(small, RATE, 0.4, CEILING));
    for (String style : List.of("POST+PUT", "POST+PATCH+PUT")) {
      targets.add(
          new Target(
              "push 1 GiB, 1 client, " + style,
              THROUGHPUT,
              List.of(
                  new Target.Relative(2, List.of("docker-registry")),
                  new Target.Relative(1, DURABLE),
                  new Target.OfMachine(0.8))));
    }
    targets.add(relative("push 100 MiB, 1 client, POST+PATCH+PUT", THROUGHPUT, 1.2, DURABLE));
    targets.add(
        new Target(
            "push 1 MiB, 16 clients, POST+PUT",
            THROUGHPUT,
            List.of(
                new Target.Relative(2, List.of("distribution v3")),
                new Target.Relative(1, List.of("zot-commit")))));
    requests(targets);
    for (String list : RestRows.names()) {
      targets.add(new Target(list, RestRows.P95, List.of(new Target.Absolute(50))));
    }
    targets.add(new Target(MEMORY, MOST, List.of(new Target.Absolute(400))));
    targets.add(new Target(StartRows.NAME, StartRows.IDLE, List.of(new Target.Absolute(256))));
    targets.add(new Target(StartRows.NAME, StartRows.FIRST, List.of(new Target.Absolute(2.5))));
    return targets;
  }

  private static void requests(List<Target> targets) {
    String manifest = "manifest GET by tag with token, 64 clients";
    targets.add(
        new Target(
            manifest,
            RATE,
            List.of(new Target.Relative(1, REGISTRIES), new Target.Absolute(12_000))));
    targets.add(relative(manifest, P99, 1, REGISTRIES));
    targets.add(
        new Target(
            "manifest GET by tag with token at half load", P99, List.of(new Target.Absolute(10))));
    targets.add(
        new Target(
            RequestRows.STEADY,
            P99,
            List.of(new Target.Relative(1, REGISTRIES), new Target.Absolute(10))));
    List<String> pages = RequestRows.TAG_COUNTS.stream().map(RequestRows::tagsRow).toList();
    for (String page : pages) {
      targets.add(relative(page, RATE, 1, REGISTRIES));
    }
    targets.add(new Target(pages.getLast(), "p50", List.of(new Target.OfRow(2, pages.getFirst()))));
    targets.add(
        new Target("/v2/ with token, 64 clients", RATE, List.of(new Target.Absolute(25_000))));
  }

  private static Target relative(String row, String figure, double factor, List<String> servers) {
    return new Target(row, figure, List.of(new Target.Relative(factor, servers)));
  }
}
