package io.orlop.identity;

import io.orlop.platform.error.ErrorCode;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hashes passwords with Argon2id.
 *
 * <p>Hashing is meant to be slow and to need memory, so it runs on as many threads as there are
 * cores: a storm of sign-ins waits in line and neither starves other requests nor fills the heap.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106</a>
 */
@ApplicationScoped
public class PasswordHasher {
  /** Those behind would wait for seconds; their clients try again. */
  private static final int MAX_WAITING = 128;

  /** Of a password that nobody knows, by the same parameters as {@link Argon2Hash#of}. */
  static final String UNKNOWN_ACCOUNT =
      "$argon2id$v=19$m=7168,t=5,p=1$jig30ZBb7NMO4rbxBdgvKA"
          + "$7hCXvuKygqGm0PJzM2jt7OUmA+iamePZIUU3k/9Gvjo";

  private final ExecutorService pool =
      new ThreadPoolExecutor(
          Runtime.getRuntime().availableProcessors(),
          Runtime.getRuntime().availableProcessors(),
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().name("password-", 0).daemon().factory());

  /** Hashes a password with a fresh salt, in the PHC string format. */
  public String hash(String password) {
    return onPool(() -> Argon2Hash.of(password).toString());
  }

  /** Tells whether a password is the one that was hashed. */
  public boolean matches(String password, String hash) {
    return onPool(() -> Argon2Hash.parse(hash).matches(password));
  }

  /** Takes as long as {@link #matches}, so that nobody learns which accounts exist. */
  void pretend(String password) {
    matches(password, UNKNOWN_ACCOUNT);
  }

  @PreDestroy
  void close() {
    pool.shutdownNow();
  }

  private <T> T onPool(Callable<T> work) {
    try {
      return pool.submit(work).get();
    } catch (RejectedExecutionException e) {
      throw ErrorCode.TOOMANYREQUESTS
          .exception("too many passwords are being checked at once: try again")
          .causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while hashing a password", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Hashing a password failed", e.getCause());
    }
  }
}
