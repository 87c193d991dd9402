package io.orlop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load client for small requests, of which this JVM could not send enough. */
final class Wrk {
  private static final int CONNECTIONS = 64;
  private static final int FEW_CONNECTIONS = 2;
  private static final int PATIENCE_SECONDS = 2;
  private static final int LONG_SECONDS = 8;

  private static final String SCRIPT =
      """
      done = function(summary, latency, requests)
        local e = summary.errors
        io.write(string.format("RESULT %d %d %d %d %d %d %d\\n", summary.requests,
          summary.duration, e.connect + e.read + e.write + e.status,
          latency:percentile(50), latency:percentile(99), e.timeout, summary.bytes))
      end
      """;

  private static final Pattern RESULT =
      Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

  private Wrk() {}

  /**
   * What came of it.
   *
   * @param count how many answers came
   * @param perSecond requests a second
   * @param p50 milliseconds
   * @param p99 milliseconds
   * @param mibPerSecond what came in, heads included
   * @param note what was not as it should be; or empty
   */
  record Result(
      long count, double perSecond, double p50, double p99, double mibPerSecond, String note) {
    private Result noting(String text) {
      return new Result(count, perSecond, p50, p99, mibPerSecond, text);
    }
  }

  /** Sends one request again and again over 64 connections. One that fails makes all fail. */
  static Result run(Server server, double seconds, Request request)
      throws IOException, InterruptedException {
    return run(server, seconds, CONNECTIONS, request);
  }

  /**
   * As {@link #run(Server, double, Request)}, over some connections. If no answer comes in time, a
   * few clients get much longer for one.
   */
  static Result run(Server server, double seconds, int connections, Request request)
      throws IOException, InterruptedException {
    Result result = once(server, seconds, connections, request);
    if (result.perSecond() == 0) {
      Result few = once(server, LONG_SECONDS, FEW_CONNECTIONS, request);
      String note =
          "no answer to %d clients within %d s; these are the figures of %d clients in %d s"
              .formatted(connections, PATIENCE_SECONDS, FEW_CONNECTIONS, LONG_SECONDS);
      result = few.noting(note);
    }
    if (result.perSecond() == 0) {
      throw new IOException("no answer in " + LONG_SECONDS + " s");
    }
    return result;
  }

  static Result once(Server server, double seconds, int connections, Request request)
      throws IOException, InterruptedException {
    Path script = server.folder().resolve("wrk.lua");
    Files.writeString(script, "wrk.method = \"" + request.method() + "\"\n" + SCRIPT);
    String program =
        Shell.find("wrk").orElseThrow(() -> new IOException("wrk is not here")).toString();
    int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
    List<String> words = new ArrayList<>(List.of(program, "-t" + threads, "-c" + connections));
    words.add("-d" + Math.max(1, Math.round(seconds)) + "s");
    int patience = connections == FEW_CONNECTIONS ? LONG_SECONDS : PATIENCE_SECONDS;
    words.add("--timeout=" + patience + "s");
    words.addAll(List.of("-s", script.toString(), "-H", Seeds.ACCEPT));
    if (!request.authorization().isEmpty()) {
      words.addAll(List.of("-H", "Authorization: " + request.authorization()));
    }
    words.add(request.url(server.port()));
    String output = Shell.output(Map.of(), words);
    Matcher result = RESULT.matcher(output);
    if (!result.find()) {
      throw new IOException("wrk said: " + output);
    }
    long errors = Long.parseLong(result.group(3));
    if (errors > 0) {
      throw new IOException(errors + " of " + result.group(1) + " requests failed");
    }
    long timeouts = Long.parseLong(result.group(6));
    double took = Long.parseLong(result.group(2)) / 1e6;
    long count = Long.parseLong(result.group(1));
    return new Result(
        count,
        count / took,
        Long.parseLong(result.group(4)) / 1e3,
        Long.parseLong(result.group(5)) / 1e3,
        Long.parseLong(result.group(7)) / took / Seeds.MIB,
        timeouts == 0
            ? ""
            : "errors: %d requests had no answer within %d s".formatted(timeouts, patience));
  }

  /** A request without a body. */
  record Request(String method, String path, String authorization, int tlsPort) {
    /** One without TLS, to the server's own port. */
    Request(String method, String path, String authorization) {
      this(method, path, authorization, 0);
    }

    private String url(int port) {
      return tlsPort == 0
          ? String.format(Locale.ROOT, "http://127.0.0.1:%d%s", port, path)
          : String.format(Locale.ROOT, "https://127.0.0.1:%d%s", tlsPort, path);
    }
  }
}
