package io.orlop.registry.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.access.Action;
import io.orlop.identity.Principal;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.metrics.CacheMeters;
import io.orlop.platform.persistence.DatabaseException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Writes and reads tokens: JWTs signed with ES256 by a key of this registry.
 *
 * <p>A token is trusted for its signature by a key that the database holds under the {@code kid} of
 * its header, with the one algorithm that we sign with. Keys inside a token are never looked at.
 * Verified tokens are remembered until they end.
 */
@ApplicationScoped
class TokenCodec {
  /** The name that clients put into their requests; Harbor's, since they store it. */
  static final String AUDIENCE = "harbor-registry";

  private static final String ISSUER = "orlop";

  /** Some 5,000 ordinary tokens. */
  private static final long CACHED_CHARACTERS = 4 * 1024 * 1024;

  /** Tokens may live for years; what ended is not believed however it is remembered. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private static final Set<String> FOREIGN_KEYS = Set.of("jwk", "jku", "x5u", "x5c", "crit");

  private final SigningKeys keys;
  private final JwtConsumer consumer;
  private final Cache<String, RegistryToken> verified;

  TokenCodec(SigningKeys keys, CacheMeters meters) {
    this.keys = keys;
    this.verified =
        Caffeine.newBuilder()
            .maximumWeight(CACHED_CHARACTERS)
            .weigher((String text, RegistryToken token) -> text.length())
            .expireAfterWrite(REMEMBERED)
            .recordStats()
            .build();
    meters.watch("verified-tokens", verified);
    this.consumer =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT, SigningKeyStore.ALGORITHM)
            .setVerificationKeyResolver((jws, _) -> keyOf(jws))
            .setExpectedAudience(AUDIENCE)
            .setExpectedIssuer(ISSUER)
            .setRequireExpirationTime()
            .setRequireIssuedAt()
            .setAllowedClockSkewInSeconds((int) SigningKeys.LEEWAY.toSeconds())
            .build();
  }

  /** Signs a token. */
  String write(
      Principal principal, List<Grant> grants, boolean catalog, Instant now, Duration lifetime) {
    SigningKey key = keys.signing();
    JwtClaimsBuilder claims =
        Jwt.claims()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(principal.name())
            .issuedAt(now)
            .expiresAt(now.plus(lifetime))
            .claim("nbf", now.getEpochSecond())
            .claim("jti", UUID.randomUUID().toString())
            .claim("access", access(grants, catalog));
    PrincipalClaims.write(principal, claims);
    return claims.jws().algorithm(SignatureAlgorithm.ES256).keyId(key.kid()).sign(key.privateKey());
  }

  /** Reads a token that was verified before; empty if it was not, or has ended. */
  Optional<RegistryToken> known(String text) {
    return Optional.ofNullable(verified.getIfPresent(text)).filter(TokenCodec::lives);
  }

  /** Reads a token; empty if it is not one of ours, or has ended. */
  Optional<RegistryToken> read(String text) {
    RegistryToken known = verified.getIfPresent(text);
    if (known != null) {
      if (lives(known)) {
        return Optional.of(known);
      }
      verified.invalidate(text);
      return Optional.empty();
    }
    try {
      RegistryToken token = token(consumer.processToClaims(text));
      verified.put(text, token);
      return Optional.of(token);
    } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
      DatabaseException.findIn(e)
          .ifPresent(failure -> {
            throw failure;
          });
      return Optional.empty();
    }
  }

  private static boolean lives(RegistryToken token) {
    return token.expiresAt().plus(SigningKeys.LEEWAY).isAfter(Instant.now());
  }

  private Key keyOf(JsonWebStructure jws) throws UnresolvableKeyException {
    for (String foreign : FOREIGN_KEYS) {
      if (jws.getHeaders().getObjectHeaderValue(foreign) != null) {
        throw new UnresolvableKeyException("The token brings a key of its own");
      }
    }
    String kid = jws.getKeyIdHeaderValue();
    return Optional.ofNullable(kid)
        .flatMap(keys::verifying)
        .map(SigningKey::publicKey)
        .orElseThrow(() -> new UnresolvableKeyException("Unknown key"));
  }

  private static List<Map<String, Object>> access(List<Grant> grants, boolean catalog) {
    List<Map<String, Object>> access = new ArrayList<>();
    for (Grant grant : grants) {
      access.add(
          Map.of(
              "type",
              "repository",
              "name",
              grant.name().value(),
              "actions",
              EnumSet.copyOf(grant.actions()).stream().map(Action::wireName).toList(),
              "project",
              grant.projectId()));
    }
    if (catalog) {
      access.add(Map.of("type", "registry", "name", "catalog", "actions", List.of("*")));
    }
    return access;
  }

  private static RegistryToken token(JwtClaims claims) throws MalformedClaimException {
    List<Grant> grants = new ArrayList<>();
    boolean catalog = false;
    for (Object entry : claims.getClaimValue("access", List.class)) {
      if (entry instanceof Map<?, ?> map) {
        if ("repository".equals(map.get("type"))) {
          grants.add(grant(map));
        } else {
          catalog = true;
        }
      }
    }
    return new RegistryToken(
        PrincipalClaims.read(claims),
        grants,
        catalog,
        Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
  }

  private static Grant grant(Map<?, ?> entry) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    if (entry.get("actions") instanceof List<?> names) {
      names.forEach(name -> Action.byWireName(String.valueOf(name)).ifPresent(actions::add));
    }
    long project = entry.get("project") instanceof Number number ? number.longValue() : -1;
    return new Grant(new RepositoryName(String.valueOf(entry.get("name"))), project, actions);
  }
}
