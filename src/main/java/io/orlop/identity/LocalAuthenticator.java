package io.orlop.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.platform.crypto.MasterKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
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

  private final Users users;
  private final PasswordHasher hasher;
  private final SecretKeySpec cacheKey;
  private final Cache<String, Boolean> verified =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  LocalAuthenticator(Users users, PasswordHasher hasher, MasterKey masterKey) {
    this.users = users;
    this.hasher = hasher;
    this.cacheKey = new SecretKeySpec(masterKey.subkey("credential-cache"), MAC);
  }

  @Override
  public int order() {
    return 0;
  }

  @Override
  @Transactional(Transactional.TxType.SUPPORTS)
  public Result authenticate(String username, String password) {
    // The database takes no NUL, so nobody's name has one.
    Optional<User> found = username.indexOf('\0') < 0 ? users.named(username) : Optional.empty();
    if (found.isEmpty()) {
      hasher.pretend(password);
      return new Result.NotMine();
    }
    User user = found.get();
    String hash = user.passwordHash;
    if (hash == null) {
      hasher.pretend(password);
      return new Result.Rejected();
    }
    String digest = digest(user, password);
    if (verified.getIfPresent(digest) == null) {
      if (!hasher.matches(password, hash)) {
        return new Result.Rejected();
      }
      verified.put(digest, true);
    }
    return new Result.Authenticated(user.toPrincipal());
  }

  private String digest(User user, String password) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(cacheKey);
      String text = user.toPrincipal().key() + "\0" + user.credentialVersion + "\0" + password;
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK lacks " + MAC, e);
    }
  }
}
