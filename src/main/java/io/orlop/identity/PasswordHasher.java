package io.orlop.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
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
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int PARALLELISM = 1;
  private static final int LENGTH_BYTES = 32;

  /** Those behind would wait for seconds; their clients try again. */
  private static final int MAX_WAITING = 128;

  /** Of a password that nobody knows, by the same parameters as {@link #hash}. */
  static final String UNKNOWN_ACCOUNT =
      "$argon2id$v=19$m=19456,t=2,p=1$VcmJBerl3hrf9j1i+hG+eg"
          + "$/wsapKG5vb3AFw7o7dnjhLt8Evfx6tAhMygcM6lZQAA";

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
    return onPool(() -> Password.hash(password).addRandomSalt(16).with(function()).getResult());
  }

  /** Tells whether a password is the one that was hashed. */
  public boolean matches(String password, String hash) {
    return onPool(
        () -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
  }

  /** Takes as long as {@link #matches}, so that nobody learns which accounts exist. */
  void pretend(String password) {
    matches(password, UNKNOWN_ACCOUNT);
  }

  /** The library keeps all the memory that it hashes in, so it gets it with the first password. */
  private static Argon2Function function() {
    return Argon2Function.getInstance(MEMORY_KIB, ITERATIONS, PARALLELISM, LENGTH_BYTES, Argon2.ID);
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
