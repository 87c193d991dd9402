package io.orlop.registry.token;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys that sign and verify tokens, as this process knows them.
 *
 * <p>A new key is published {@link #LEEWAY} before it signs, so that every replica knows it by
 * then; one that meets an unknown key asks the database again, at most once a second.
 */
@ApplicationScoped
class SigningKeys {
  /** By how much clocks may differ. */
  static final Duration LEEWAY = Duration.ofSeconds(60);

  private static final Duration RELOAD = Duration.ofSeconds(1);

  private final SigningKeyStore store;
  private final TokenConfig config;
  private final TokenLifetime lifetime;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile Snapshot snapshot = new Snapshot(List.of(), OptionalLong.empty());

  SigningKeys(SigningKeyStore store, TokenConfig config, TokenLifetime lifetime) {
    this.store = store;
    this.config = config;
    this.lifetime = lifetime;
  }

  /**
   * Returns the newest key that signs now, making the first one if there is none. Where no key
   * signs yet, since the clock was set back, that is the oldest one: everybody knows it.
   */
  SigningKey signing() {
    Optional<SigningKey> key = signingAt(Instant.now());
    if (key.isEmpty()) {
      reload(System.nanoTime());
      key = signingAt(Instant.now());
    }
    if (key.isEmpty() && snapshot.keys().isEmpty()) {
      store.rotate("", Instant.now(), Duration.ZERO);
      reload(System.nanoTime());
    }
    return key.or(() -> snapshot.keys().reversed().stream().findFirst())
        .orElseThrow(() -> new IllegalStateException("There is no signing key"));
  }

  /** Finds the key that a token names. */
  Optional<SigningKey> verifying(String kid) {
    Instant now = Instant.now();
    long asked = System.nanoTime();
    Optional<SigningKey> key = find(kid, now);
    if (key.isEmpty() && snapshot.isOlderThan(RELOAD, asked)) {
      reload(asked);
      key = find(kid, now);
    }
    return key;
  }

  /** Makes a new key when the newest is older than the configured lifetime. */
  void rotateIfDue() {
    Instant now = Instant.now();
    SigningKey newest = signing();
    reload(System.nanoTime());
    newest = snapshot.keys().isEmpty() ? newest : snapshot.keys().getFirst();
    if (newest.signsFrom().plus(config.keyLifetime()).isBefore(now)) {
      rotate(newest.kid());
    }
  }

  /** Publishes a new key, which signs after the leeway. */
  void rotate(String newestKid) {
    store.rotate(newestKid, Instant.now().plus(LEEWAY), lifetime.now().plus(LEEWAY));
    reload(System.nanoTime());
  }

  private Optional<SigningKey> signingAt(Instant now) {
    return snapshot.keys().stream().filter(key -> key.signsAt(now)).findFirst();
  }

  private Optional<SigningKey> find(String kid, Instant now) {
    return snapshot.keys().stream()
        .filter(key -> key.kid().equals(kid) && key.verifiesAt(now))
        .findFirst();
  }

  /** Loads the keys, unless somebody else has since they were asked for. */
  private void reload(long asked) {
    loading.lock();
    try {
      if (snapshot.isOlderThan(Duration.ZERO, asked)) {
        snapshot = new Snapshot(store.load(Instant.now()), OptionalLong.of(System.nanoTime()));
      }
    } finally {
      loading.unlock();
    }
  }

  /**
   * The keys as they were.
   *
   * @param loadedAt when, by {@link System#nanoTime}, which nobody sets; empty for never
   */
  private record Snapshot(List<SigningKey> keys, OptionalLong loadedAt) {
    boolean isOlderThan(Duration age, long now) {
      return loadedAt.isEmpty() || now - loadedAt.getAsLong() > age.toNanos();
    }
  }
}
