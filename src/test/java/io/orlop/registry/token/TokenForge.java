package io.orlop.registry.token;

import io.orlop.testsupport.Account;
import io.orlop.testsupport.TestRegistry.NewProject;
import java.security.Key;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Writes tokens, true and false ones, claim by claim. */
final class TokenForge {
  private final Map<String, Object> headers = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();

  private TokenForge() {}

  /**
   * Begins a token as the registry itself writes it, for pulling from and pushing to a repository.
   */
  static TokenForge like(Account account, NewProject project, String repository) {
    long now = Instant.now().getEpochSecond();
    TokenForge forge = new TokenForge();
    forge.claim("iss", "orlop").claim("aud", "harbor-registry").claim("sub", account.name());
    forge.claim("iat", now).claim("nbf", now).claim("exp", now + 600).claim("jti", "forged");
    forge.claim("uid", account.id()).claim("adm", false).claim("ver", 1);
    return forge.claim(
        "access",
        List.of(
            Map.of(
                "type",
                "repository",
                "name",
                repository,
                "actions",
                List.of("pull", "push"),
                "project",
                project.id())));
  }

  TokenForge claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  TokenForge header(String name, Object value) {
    headers.put(name, value);
    return this;
  }

  /** Signs with any algorithm and key; {@code none} has no key. */
  String sign(String algorithm, String kid, @Nullable Key key) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    jws.setDoKeyValidation(false);
    jws.setAlgorithmHeaderValue(algorithm);
    jws.setKeyIdHeaderValue(kid);
    headers.forEach(jws.getHeaders()::setObjectHeaderValue);
    jws.setPayload(JsonUtil.toJson(claims));
    jws.setKey(key);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs as the registry does. */
  String sign(SigningKey key) {
    return sign("ES256", key.kid(), key.privateKey());
  }
}
