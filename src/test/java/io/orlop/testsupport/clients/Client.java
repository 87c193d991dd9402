package io.orlop.testsupport.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command-line client with a home folder of its own: it sees neither the configuration and
 * credentials of whoever runs the tests nor their proxy settings.
 *
 * @param tool the program
 * @param home its home and working folder
 * @param arguments what stands before the arguments of every call
 * @param environment what is set besides {@code HOME}, {@code PATH} and {@code LANG}
 */
public record Client(
    ClientTool tool, Path home, List<String> arguments, Map<String, String> environment) {

  private static final int PATIENCE_SECONDS = 120;

  /** How many characters of an output a failure shows: some clients count seconds on lines. */
  private static final int SHOWN = 4000;

  public Client {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** A client that has to be there in CI. */
  public static Client required(String name, Path home) {
    return new Client(ClientTool.required(name), home, List.of(), Map.of());
  }

  /** A client that may be missing. */
  public static Client optional(String name, Path home) {
    return new Client(ClientTool.optional(name), home, List.of(), Map.of());
  }

  /** The same client with arguments before those of every call. */
  public Client with(String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return new Client(tool, home, all, environment);
  }

  /** The same client with a variable in its environment. */
  public Client withEnvironment(String name, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(name, value);
    return new Client(tool, home, arguments, all);
  }

  /** Runs a command that has to succeed. */
  public Output succeeds(String... command) {
    return succeedsWith("", command);
  }

  /** Runs a command that has to succeed and reads its standard input. */
  public Output succeedsWith(String input, String... command) {
    Output output = run(input, command);
    assertThat(output.exit()).as("exit of %s", output).isZero();
    return output;
  }

  /** Runs a command that has to fail. */
  public Output fails(String... command) {
    return failsWith("", command);
  }

  /** Runs a command that has to fail and reads its standard input. */
  public Output failsWith(String input, String... command) {
    Output output = run(input, command);
    assertThat(output.exit()).as("exit of %s", output).isNotZero();
    return output;
  }

  /** Runs a command whose outcome the caller judges. */
  public Output runs(String... command) {
    return run("", command);
  }

  private Output run(String input, String... command) {
    List<String> line = new ArrayList<>();
    line.add(tool.executable().toString());
    line.addAll(arguments);
    line.addAll(List.of(command));
    try {
      Files.createDirectories(home);
      return run(line, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + line + " ran", e);
    }
  }

  private Output run(List<String> line, String input) throws IOException, InterruptedException {
    Path out = Files.createTempFile(home, "output", ".txt");
    Path err = Files.createTempFile(home, "errors", ".txt");
    ProcessBuilder builder = new ProcessBuilder(line).directory(home.toFile());
    isolate(builder.environment());
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
      stdin.write(input);
    } catch (IOException e) {
      // It ended without reading its input; the exit status tells whether that was right.
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("%s", e).isTrue();
    }
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    Output output =
        new Output(
            String.join(" ", line),
            ended ? process.exitValue() : -1,
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    assertThat(ended).as("ended within %d s: %s", PATIENCE_SECONDS, output).isTrue();
    return output;
  }

  private void isolate(Map<String, String> variables) {
    variables.clear();
    variables.put(
        "PATH", tool.executable().getParent() + File.pathSeparator + ClientTool.searchPath());
    variables.put("HOME", home.toString());
    variables.put("LANG", "C.UTF-8");
    variables.putAll(environment);
  }

  /**
   * What a command said.
   *
   * @param command the command line
   * @param exit its exit status
   * @param stdout its standard output
   * @param stderr its error output
   */
  public record Output(String command, int exit, String stdout, String stderr) {

    /** Its standard output without white space around it. */
    public String text() {
      return stdout.strip();
    }

    /** The lines of its standard output. */
    public List<String> lines() {
      return stdout.lines().toList();
    }

    /** Both outputs, for programs that are not consistent about them. */
    public String everything() {
      return stdout + stderr;
    }

    @Override
    public String toString() {
      return "%s (exit %d)%n%s%n%s".formatted(command, exit, end(stdout), end(stderr));
    }

    private static String end(String text) {
      return text.substring(Math.max(0, text.length() - SHOWN));
    }
  }
}
