package io.orlop.platform.log;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A line for each request, on standard output among the others. */
@ApplicationScoped
public class AccessLog {
  private final boolean on;
  private final LineWriter<AccessEntry> writer;

  AccessLog(
      LogConfig config,
      @ConfigProperty(name = "log.time-pattern") String timePattern,
      MeterRegistry registry) {
    this.on = config.access();
    this.writer =
        new LineWriter<>(
            new AccessLines(config.format(), timePattern)::append,
            new FileOutputStream(FileDescriptor.out));
    FunctionCounter.builder("orlop.log.dropped", writer, LineWriter::dropped)
        .description("Lines of the access log that were left out since the output did not keep up")
        .register(registry);
  }

  /** Tells whether anybody wants the lines. */
  public boolean isOn() {
    return on;
  }

  /** Writes a line, soon. */
  public void write(AccessEntry entry) {
    writer.write(entry);
  }

  /** Writes what is waiting. */
  @PreDestroy
  void close() {
    writer.close();
  }
}
