package io.orlop.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Listens to everything that is logged while it is open, the server's lines included. */
public final class LogWatch extends Handler {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger root = Logger.getLogger("");

  /** Begins to listen. */
  public static LogWatch open() {
    LogWatch watch = new LogWatch();
    watch.setLevel(Level.INFO);
    watch.root.addHandler(watch);
    return watch;
  }

  /** Expects that nobody was called to the log for what happened. */
  public void expectNothingAboveDebug() {
    assertThat(records.stream().map(this::shown)).as("log lines above debug").isEmpty();
  }

  @Override
  public void publish(LogRecord line) {
    if (isLoggable(line)) {
      records.add(line);
    }
  }

  @Override
  public void flush() {
    // Nothing is buffered.
  }

  @Override
  public void close() {
    root.removeHandler(this);
  }

  private String shown(LogRecord line) {
    return line.getLevel()
        + " "
        + line.getLoggerName()
        + " "
        + new SimpleFormatter().formatMessage(line)
        + (line.getThrown() == null ? "" : " " + line.getThrown());
  }
}
