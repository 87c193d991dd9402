package io.orlop.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code /metrics} says, as Prometheus reads it.
 *
 * @param lines one per sample
 */
public record Exposition(List<String> lines) {
  private static final Pattern SAMPLE =
      Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(?<labels>.*)})? (?<value>\\S+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Reads them all. */
  public static Exposition read(URI address) {
    return new Exposition(
        get(address).body().lines().filter(line -> !line.startsWith("#")).toList());
  }

  /** Gets an address as it is. */
  public static HttpResponse<String> get(URI address) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns the names of all samples. */
  public Set<String> names() {
    return lines.stream().map(line -> sample(line).group("name")).collect(Collectors.toSet());
  }

  /** Returns the sum of the samples of a name that have all these labels; 0 if there are none. */
  public double sum(String name, String... labels) {
    return lines.stream()
        .map(Exposition::sample)
        .filter(sample -> sample.group("name").equals(name))
        .filter(sample -> List.of(labels).stream().allMatch(label -> has(sample, label)))
        .mapToDouble(sample -> Double.parseDouble(sample.group("value")))
        .sum();
  }

  private static boolean has(Matcher sample, String label) {
    return sample.group("labels") != null && sample.group("labels").contains(label);
  }

  private static Matcher sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("Not a sample: " + line);
    }
    return matcher;
  }
}
