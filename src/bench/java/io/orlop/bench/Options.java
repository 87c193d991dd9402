package io.orlop.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the command line asks for.
 *
 * @param rows which rows, by a part of their names
 * @param rounds how often each is measured on each server
 * @param minutes how long all may take, from which the length of a measurement follows
 * @param quick whether each measurement takes a second, however long all may take
 * @param peers names of the servers to compare with; empty for all that are here
 * @param full whether nothing was left out, so that the page may be written
 */
record Options(
    Pattern rows, int rounds, double minutes, boolean quick, List<String> peers, boolean full) {

  static final String USAGE =
      """
      ./orlop bench [--rows PATTERN] [--rounds N] [--minutes N] [--quick] [--peers NAME,…|none]

        --rows PATTERN   only rows whose name has this regular expression in it
        --rounds N       how often each row is measured on each server; 3
        --minutes N      how long all may take, start and warm-up not counted; 24
        --quick          one second each and one round, to see that it works
        --peers NAMES    docker-registry, distribution, nginx, zot, zot-commit; all that are here

      ./orlop bench --jmh [OPTIONS OF JMH]   the micro-benchmarks instead

      zot is in no package registry: ORLOP_BENCH_ZOT is the path of one that you have built.

      It writes docs/benchmarks.md, unless rows, peers or rounds were left out: then it prints.\
      """;

  static Options parse(List<String> words) {
    Pattern rows = Pattern.compile("");
    int rounds = 3;
    double minutes = 24;
    boolean quick = false;
    List<String> peers = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--rows" -> rows = Pattern.compile(value(words, ++i), Pattern.CASE_INSENSITIVE);
        case "--rounds" -> rounds = Integer.parseInt(value(words, ++i));
        case "--minutes" -> minutes = Double.parseDouble(value(words, ++i));
        case "--quick" -> quick = true;
        case "--peers" -> peers.addAll(List.of(value(words, ++i).split(",", -1)));
        default -> throw new IllegalArgumentException("Unknown option: " + words.get(i));
      }
    }
    if (quick && !words.contains("--rounds")) {
      rounds = 1;
    }
    boolean full = !quick && rounds >= 3 && rows.pattern().isEmpty() && peers.isEmpty();
    return new Options(rows, rounds, minutes, quick, peers, full);
  }

  private static String value(List<String> words, int at) {
    if (at >= words.size()) {
      throw new IllegalArgumentException(words.getLast() + " lacks its value");
    }
    return words.get(at);
  }
}
