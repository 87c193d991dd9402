package io.orlop.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Clients on threads of their own that do the same again and again. */
final class Load {
  private Load() {}

  /** One client: each call is one request, or one push. */
  interface Client extends AutoCloseable {
    /** Does it once and returns how many bytes of content moved. */
    long once() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Makes the client of a thread, before the clock runs. */
  interface Clients {
    Client make() throws IOException;
  }

  /**
   * What came of it.
   *
   * @param count how often it was done
   * @param bytes how many bytes of content moved
   * @param seconds from the start to the end of the last
   * @param latencies of each, in nanoseconds
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of them.
  record Result(long count, long bytes, double seconds, long[] latencies) {
    double perSecond() {
      return count / seconds;
    }

    double mibPerSecond() {
      return bytes / seconds / Seeds.MIB;
    }

    double percentileMillis(double share) {
      return Statistics.percentile(latencies, share) / 1e6;
    }
  }

  /** Runs for some seconds; what has begun by then is finished, and counts. */
  static Result run(int clients, double seconds, Clients maker)
      throws IOException, InterruptedException {
    List<Client> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        made.add(maker.make());
      }
      long begun = System.nanoTime();
      long deadline = begun + (long) (seconds * 1e9);
      List<Future<Result>> running = new ArrayList<>();
      for (Client client : made) {
        running.add(threads.submit(() -> loop(client, begun, deadline)));
      }
      List<Result> results = new ArrayList<>();
      for (Future<Result> future : running) {
        results.add(future.get());
      }
      return sum(results);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    } finally {
      for (Client client : made) {
        client.close();
      }
    }
  }

  /**
   * Runs at a steady rate. A request is due at its time whether the one before is back or not, and
   * its latency counts from then.
   */
  static Result paced(int clients, double perSecond, double seconds, Clients maker)
      throws IOException, InterruptedException {
    long interval = (long) (clients * 1e9 / perSecond);
    long[] turn = {0};
    return run(
        clients,
        seconds,
        () ->
            new Paced(maker.make(), System.nanoTime() + interval * turn[0]++ / clients, interval));
  }

  private static Result loop(Client client, long begun, long deadline) throws IOException {
    long count = 0;
    long bytes = 0;
    long[] latencies = new long[1024];
    long now = System.nanoTime();
    do {
      long before = now;
      if (client instanceof Paced paced) {
        before = paced.awaitTurn();
      }
      bytes += client.once();
      now = System.nanoTime();
      if (count == latencies.length) {
        latencies = Arrays.copyOf(latencies, latencies.length * 2);
      }
      latencies[(int) count++] = now - before;
    } while (now < deadline);
    return new Result(count, bytes, (now - begun) / 1e9, Arrays.copyOf(latencies, (int) count));
  }

  private static Result sum(List<Result> results) {
    return new Result(
        results.stream().mapToLong(Result::count).sum(),
        results.stream().mapToLong(Result::bytes).sum(),
        results.stream().mapToDouble(Result::seconds).max().orElseThrow(),
        results.stream().flatMapToLong(result -> Arrays.stream(result.latencies())).toArray());
  }

  /** A client that keeps to a timetable. */
  private static final class Paced implements Client {
    private final Client client;
    private final long interval;
    private long due;

    Paced(Client client, long due, long interval) {
      this.client = client;
      this.due = due;
      this.interval = interval;
    }

    /** Returns when its next request is due, at that time or late. */
    long awaitTurn() {
      long turn = due;
      due += interval;
      for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      return turn;
    }

    @Override
    public long once() throws IOException {
      return client.once();
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }
}
