package io.orlop.testsupport.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server that a test started: ended by its process id, with its children, when it is closed, and
 * also when the tests are interrupted.
 */
public final class OwnedProcess implements AutoCloseable {

  private static final int GRACE_SECONDS = 30;

  private final Process process;
  private final Path log;
  private final Thread atShutdown = new Thread(this::end, "end-owned-process");

  private OwnedProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program.
   *
   * @param command the command line
   * @param environment its whole environment besides {@code PATH}
   * @param log where its outputs go
   */
  public static OwnedProcess start(
      List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().put("PATH", ClientTool.searchPath());
    builder.environment().putAll(environment);
    try {
      OwnedProcess owned = new OwnedProcess(builder.start(), log);
      Runtime.getRuntime().addShutdownHook(owned.atShutdown);
      return owned;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the server answers. */
  public OwnedProcess awaitReady(BooleanSupplier ready) {
    if (!becomesReady(ready)) {
      close();
      throw new AssertionError("The server ended before it was ready:\n" + log());
    }
    return this;
  }

  /**
   * Waits until the server answers or ends.
   *
   * @return whether it answers
   */
  public boolean becomesReady(BooleanSupplier ready) {
    try {
      Awaitility.await()
          .atMost(2, TimeUnit.MINUTES)
          .pollInterval(50, TimeUnit.MILLISECONDS)
          .until(() -> !process.isAlive() || ready.getAsBoolean());
      return process.isAlive();
    } catch (ConditionTimeoutException e) {
      close();
      throw new AssertionError("The server did not become ready:\n" + log(), e);
    }
  }

  /** What it wrote so far. */
  public String log() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once (SIGKILL), as a crash does. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(process.onExit());
    close();
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
    } catch (IllegalStateException _) {
      // The machine is going down: the hook itself has run or runs.
    }
  }

  private void end() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroy();
    awaitEnd(process.onExit());
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroy);
    family.forEach(child -> awaitEnd(child.onExit()));
    family.forEach(ProcessHandle::destroyForcibly);
  }

  private static void awaitEnd(CompletableFuture<?> end) {
    end.completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS).join();
  }
}
