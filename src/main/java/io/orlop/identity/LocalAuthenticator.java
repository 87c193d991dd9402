package io.orlop.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.platform.crypto.MasterKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Vouches for the accounts of Orlop's own database.
 *
 * <p>A verified password is remembered for a minute, as a keyed digest, so that a storm of pulls
 * costs no hashing. The account is read each time and its credential version is part of the digest:
 * a password that was changed is refused from then on, on every replica.
 */
@ApplicationScoped
class LocalAuthenticator implements Authenticator {
  private static final String MAC = "HmacSHA256";

  private final Credentials credentials;
  private final PasswordHasher hasher;
  private final SecretKeySpec cacheKey;
  private final Cache<String, Boolean> verified =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  LocalAuthenticator(Credentials credentials, PasswordHasher hasher, MasterKey masterKey) {
    this.credentials = credentials;
    this.hasher = hasher;
    this.cacheKey = new SecretKeySpec(masterKey.subkey("credential-cache"), MAC);
  }

  @Override
  public int order() {
    return 0;
  }

  @Override
  public Result authenticate(String username, String password) {
    Optional<Credentials.Credential> found = credentials.find(username);
    if (found.isEmpty()) {
      hasher.pretend(password);
      return new Result.NotMine();
    }
    Principal.UserPrincipal principal = found.get().principal();
    String hash = found.get().passwordHash();
    if (hash == null) {
      hasher.pretend(password);
      return new Result.Rejected();
    }
    String digest = digest(principal, password);
    // Many who come at once with the same password wait for one of them.
    if (!verified.get(digest, _ -> hasher.matches(password, hash))) {
      verified.invalidate(digest); // Nobody fills the memory with wrong ones.
      return new Result.Rejected();
    }
    return new Result.Authenticated(principal);
  }

  private String digest(Principal.UserPrincipal principal, String password) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(cacheKey);
      String text = principal.key() + "\0" + principal.credentialVersion() + "\0" + password;
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK lacks " + MAC, e);
    }
  }
}
