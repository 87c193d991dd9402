package io.orlop.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orlop.testsupport.Answer;
import io.orlop.testsupport.RegistryClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests that are sent at the same moment. */
final class AtOnce {
  private AtOnce() {}

  /** A request in words: method, path below the API, and a JSON body or nothing. */
  record Deed(String method, String path, String body) {
    Answer send(RegistryClient caller) {
      var request = caller.request(method, "/api/v2.0" + path);
      if (!body.isEmpty()) {
        request.header("Content-Type", "application/json").body(body.getBytes(UTF_8));
      }
      return request.send();
    }
  }

  static Deed post(String path, String body) {
    return new Deed("POST", path, body);
  }

  static Deed delete(String path) {
    return new Deed("DELETE", path, "");
  }

  /** Sends all at once and returns the answers in the same order. */
  static List<Answer> send(RegistryClient caller, List<Deed> deeds) {
    return all(deeds.stream().<Callable<Answer>>map(deed -> () -> deed.send(caller)).toList());
  }

  /** Does all at once. */
  static <T> List<T> all(List<Callable<T>> deeds) {
    CyclicBarrier start = new CyclicBarrier(deeds.size());
    try (ExecutorService threads = Executors.newFixedThreadPool(deeds.size())) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> deed : deeds) {
        running.add(
            threads.submit(() -> {
              start.await();
              return deed.call();
            }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
