package io.orlop.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of the packaged product, run by the launcher to its end. */
public final class OrlopCommand {
  private static final long PATIENCE_MINUTES = 5;

  private final List<String> words = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  private OrlopCommand(List<String> words) {
    this.words.add(Path.of("orlop").toAbsolutePath().toString());
    this.words.addAll(words);
    environment.put("ORLOP_BUILD", "off");
    environment.put("ORLOP_AOT", "off");
  }

  /** What came of it: its exit code, and all that it printed. */
  public record Outcome(int exitCode, String output) {
    /** Expects an exit code. */
    public Outcome expect(int code) {
      if (exitCode != code) {
        throw new AssertionError("Exit code " + exitCode + ", not " + code + ":\n" + output);
      }
      return this;
    }
  }

  /** Prepares a command. */
  public static OrlopCommand of(Object... words) {
    return new OrlopCommand(List.of(words).stream().map(Object::toString).toList());
  }

  /** Sets a variable of the environment. */
  public OrlopCommand with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs it. */
  public Outcome run() {
    Process process = start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("It does not end:\n" + output);
      }
      return new Outcome(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts it; its output is a pipe that somebody has to read. */
  public Process start() {
    try {
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
