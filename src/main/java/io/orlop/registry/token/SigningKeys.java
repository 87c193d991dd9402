package io.orlop.registry.token;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  private final ReentrantLock loading = new ReentrantLock();
  private volatile Snapshot snapshot = new Snapshot(List.of(), Instant.EPOCH);

  SigningKeys(SigningKeyStore store, TokenConfig config) {
    this.store = store;
    this.config = config;
  }

  /** Returns the newest key that signs now, making the first one if there is none. */
  SigningKey signing() {
    Instant now = Instant.now();
    Optional<SigningKey> key = signingAt(now);
    if (key.isEmpty()) {
      reload(now);
      key = signingAt(now);
    }
    if (key.isEmpty()) {
      store.rotate("", now, Duration.ZERO);
      reload(Instant.now());
      key = signingAt(Instant.now());
    }
    return key.orElseThrow(() -> new IllegalStateException("There is no signing key"));
  }

  /** Finds the key that a token names. */
  Optional<SigningKey> verifying(String kid) {
    Instant now = Instant.now();
    Optional<SigningKey> key = find(kid, now);
    if (key.isEmpty() && now.isAfter(snapshot.loadedAt().plus(RELOAD))) {
      reload(now);
      key = find(kid, now);
    }
    return key;
  }

  /** Makes a new key when the newest is older than the configured lifetime. */
  void rotateIfDue() {
    Instant now = Instant.now();
    SigningKey newest = signing();
    reload(now);
    newest = snapshot.keys().isEmpty() ? newest : snapshot.keys().getFirst();
    if (newest.signsFrom().plus(config.keyLifetime()).isBefore(now)) {
      rotate(newest.kid());
    }
  }

  /** Publishes a new key, which signs after the leeway. */
  void rotate(String newestKid) {
    store.rotate(newestKid, Instant.now().plus(LEEWAY), config.lifetime().plus(LEEWAY));
    reload(Instant.now());
  }

  private Optional<SigningKey> signingAt(Instant now) {
    return snapshot.keys().stream().filter(key -> key.signsAt(now)).findFirst();
  }

  private Optional<SigningKey> find(String kid, Instant now) {
    return snapshot.keys().stream()
        .filter(key -> key.kid().equals(kid) && key.verifiesAt(now))
        .findFirst();
  }

  private void reload(Instant now) {
    loading.lock();
    try {
      if (!snapshot.loadedAt().isBefore(now)) {
        return; // Somebody else has just done it.
      }
      snapshot = new Snapshot(store.load(now), now);
    } finally {
      loading.unlock();
    }
  }

  private record Snapshot(List<SigningKey> keys, Instant loadedAt) {}
}
