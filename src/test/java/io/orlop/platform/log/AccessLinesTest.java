package io.orlop.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessLinesTest {

  private static AccessEntry entryAt(long millis) {
    return new AccessEntry(
        millis, "10.0.0.1", "ann", "GET", "/v2/", 200, true, 0, 2, 1_000, "docker/28", "id-1");
  }

  private static AccessEntry entry(String path, String agent) {
    return new AccessEntry(
        0, "10.0.0.1", "ann", "GET", path, 200, true, 5, 1234, 12_345_678, agent, "id-1");
  }

  /** The form that the log of the product is set to. */
  private static String timePattern() {
    Properties settings = new Properties();
    try (InputStream file = AccessLines.class.getResourceAsStream("/application.properties")) {
      settings.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings.getProperty("log.time-pattern");
  }

  private static String line(AccessEntry entry, LogFormat format) {
    StringBuilder line = new StringBuilder();
    new AccessLines(format, timePattern()).append(entry, line);
    return line.toString();
  }

  @Test
  void tellsARequestToPeople() {
    assertThat(line(entry("/v2/", "docker/28"), LogFormat.TEXT))
        .endsWith(
            " INFO  [i.o.access] [id-1] 10.0.0.1 ann \"GET /v2/\" 200 received=5 sent=1234 12.3ms"
                + " \"docker/28\"\n");
  }

  @Test
  void tellsARequestToMachines() throws IOException {
    JsonNode line = new ObjectMapper().readTree(line(entry("/v2/", "docker/28"), LogFormat.JSON));

    assertThat(line.path("requestId").asText()).isEqualTo("id-1");
    assertThat(line.path("client").asText()).isEqualTo("10.0.0.1");
    assertThat(line.path("principal").asText()).isEqualTo("ann");
    assertThat(line.path("method").asText()).isEqualTo("GET");
    assertThat(line.path("path").asText()).isEqualTo("/v2/");
    assertThat(line.path("status").asInt()).isEqualTo(200);
    assertThat(line.path("received").asLong()).isEqualTo(5);
    assertThat(line.path("sent").asLong()).isEqualTo(1234);
    assertThat(line.path("micros").asLong()).isEqualTo(12_345);
    assertThat(line.path("userAgent").asText()).isEqualTo("docker/28");
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheTimeOfEachRequest(LogFormat format) {
    AccessLines lines = new AccessLines(format, "'at' ss.SSS");

    StringBuilder written = new StringBuilder();
    LongStream.of(7, 7, 5_008, 7).forEach(at -> lines.append(entryAt(at), written));

    List<String> times =
        Pattern.compile("at \\d\\d\\.\\d{3}")
            .matcher(written)
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(times).containsExactly("at 00.007", "at 00.007", "at 05.008", "at 00.007");
  }

  @Test
  void saysThatAnAnswerDidNotArrive() {
    AccessEntry aborted =
        new AccessEntry(0, "10.0.0.1", "", "GET", "/v2/", 200, false, 0, 7, 0, "", "id-1");

    assertThat(line(aborted, LogFormat.TEXT))
        .contains(" - \"GET /v2/\" 200 aborted received=0 sent=7 ");
  }

  @ParameterizedTest
  @EnumSource
  void nobodyCanForgeALine(LogFormat format) {
    String forged = "x\"\n2026-01-01 INFO [i.o.access] forged\r\u001b[2J\u2028\\";

    String line = line(entry("/v2/" + forged, forged), format);

    assertThat(line.strip()).hasLineCount(1);
    assertThat(line).endsWith("\n").doesNotContain("\r", "\u001b", "x\"");
  }

  @ParameterizedTest
  @EnumSource
  void nobodyCanFillTheLog(LogFormat format) {
    assertThat(line(entry("/", "a".repeat(30_000)), format)).hasSizeLessThan(1_500);
  }
}
