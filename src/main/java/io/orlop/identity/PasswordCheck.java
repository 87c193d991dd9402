package io.orlop.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.platform.crypto.MasterKey;
import io.orlop.platform.error.RegistryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords that people chose: slowly, not too often, and not again while it is remembered.
 *
 * <p>A right password is remembered for a minute, as a keyed digest, so that a storm of pulls costs
 * no hashing and is never slowed down. Part of the digest is the version of the credentials, which
 * the caller has just read: a password that was changed is refused from then on, on every replica.
 */
@ApplicationScoped
public class PasswordCheck {
  private static final String MAC = "HmacSHA256";

  private final PasswordHasher hasher;
  private final SignInThrottle throttle;
  private final SecretKeySpec cacheKey;
  private final Cache<String, Boolean> verified =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  PasswordCheck(PasswordHasher hasher, SignInThrottle throttle, MasterKey masterKey) {
    this.hasher = hasher;
    this.throttle = throttle;
    this.cacheKey = new SecretKeySpec(masterKey.subkey("credential-cache"), MAC);
  }

  /**
   * Tells whether a password is the one that was hashed.
   *
   * @param account whose it is, see {@link Principal#key}
   * @param version of what the account signs in with, as the database has it now
   * @throws RegistryException TOOMANYREQUESTS if too many wrong ones came before
   */
  public boolean matches(Attempt attempt, String account, String version, String hash) {
    return passes(attempt, account, version, password -> hasher.matches(password, hash));
  }

  /** Tells whether an attempt's password is that of a person who has one. */
  boolean matches(Attempt attempt, Credentials.Credential credential) {
    Principal.UserPrincipal user = credential.principal();
    String version = "password:" + user.credentialVersion();
    String hash = Objects.requireNonNull(credential.passwordHash());
    return matches(attempt, user.key(), version, hash);
  }

  /** Takes as long as {@link #matches} for an account that does not exist. */
  void pretend(Attempt attempt) {
    boolean _ =
        throttle.check(
            attempt.address(),
            "name:" + attempt.username(),
            () -> {
              hasher.pretend(attempt.password());
              return false;
            });
  }

  /** Checks a password by a test of the caller's own. */
  boolean passes(Attempt attempt, String account, String version, Predicate<String> test) {
    String digest = digest(account, version, attempt.password());
    // Many who come at once with the same password wait for one of them.
    boolean right =
        verified.get(
            digest,
            _ -> throttle.check(attempt.address(), account, () -> test.test(attempt.password())));
    if (!right) {
      verified.invalidate(digest); // Nobody fills the memory with wrong ones.
    }
    return right;
  }

  private String digest(String account, String version, String password) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(cacheKey);
      String text = account + "\0" + version + "\0" + password;
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK lacks " + MAC, e);
    }
  }
}
