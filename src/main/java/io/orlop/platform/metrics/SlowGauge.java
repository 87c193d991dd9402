package io.orlop.platform.metrics;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;

/**
 * The value of a gauge that has to be asked from something that may not answer, such as the
 * database. It is waited for only so long that the other figures still arrive: without an answer in
 * time the value is unknown.
 *
 * @param question asks; may wait and may fail
 */
public record SlowGauge(DoubleSupplier question) implements DoubleSupplier {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Override
  public double getAsDouble() {
    FutureTask<Double> answer = new FutureTask<>(question::getAsDouble);
    Thread asking = Thread.startVirtualThread(answer);
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Health says what is wrong with whoever was asked.
      asking.interrupt();
      return Double.NaN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    }
  }
}
