package io.orlop.registry.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.access.Action;
import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.SystemPermission;
import io.orlop.identity.Principal;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives out tokens with the intersection of what was asked and what is allowed. */
@ApplicationScoped
public class TokenService {
  /** A longer one would not fit into the header of a request. */
  private static final int MAX_LENGTH = 24 * 1024;

  private final Authorizer authorizer;
  private final TokenCodec codec;
  private final TokenLifetime lifetime;
  private final Cache<Statement, String> signed =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofSeconds(1)).build();

  TokenService(Authorizer authorizer, TokenCodec codec, TokenLifetime lifetime) {
    this.authorizer = authorizer;
    this.codec = codec;
    this.lifetime = lifetime;
  }

  /**
   * A token that was given out.
   *
   * @param token the token
   * @param expiresInSeconds how long it lives
   * @param issuedAt when it began
   * @param scope what was granted, space-joined
   */
  public record Issued(String token, long expiresInSeconds, Instant issuedAt, String scope) {}

  /** Issues a token. What may not be granted is left out, never an error. */
  public Issued issue(Principal principal, Collection<Scope> asked) {
    Map<RepositoryName, Set<Action>> wanted = new LinkedHashMap<>();
    boolean catalog = false;
    for (Scope scope : asked) {
      switch (scope) {
        case Scope.Catalog _ ->
            catalog = authorizer.system(principal).contains(SystemPermission.CATALOG_READ);
        case Scope.OfRepository repository ->
            wanted
                .computeIfAbsent(repository.name(), _ -> EnumSet.noneOf(Action.class))
                .addAll(repository.actions());
      }
    }
    List<Grant> grants = grants(principal, wanted);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Duration living = lifetime.now();
    // The rights were read just now. Tokens that say the same, to the second, are one: a storm of
    // pulls is no storm of signatures.
    String token = signed.get(new Statement(principal, grants, catalog, now, living), this::sign);
    if (token.length() > MAX_LENGTH) {
      throw ErrorCode.PARAMETER_INVALID.exception("too many scopes for one token");
    }
    return new Issued(token, living.toSeconds(), now, describe(grants, catalog));
  }

  /** Reads a token that was verified before, without waiting; empty if it was not, or has ended. */
  public Optional<RegistryToken> known(String token) {
    return codec.known(token);
  }

  /** Reads a token; empty if it is not one of ours, or has ended. */
  public Optional<RegistryToken> read(String token) {
    return codec.read(token);
  }

  private String sign(Statement statement) {
    return codec.write(
        statement.principal(),
        statement.grants(),
        statement.catalog(),
        statement.issuedAt(),
        statement.lifetime());
  }

  private List<Grant> grants(Principal principal, Map<RepositoryName, Set<Action>> wanted) {
    Set<String> projects =
        wanted.keySet().stream().map(name -> name.project().value()).collect(Collectors.toSet());
    Map<String, ProjectAccess> access = authorizer.decide(principal, projects);
    return wanted.entrySet().stream()
        .filter(entry -> access.containsKey(entry.getKey().project().value()))
        .map(entry -> grant(entry, access))
        .filter(grant -> !grant.actions().isEmpty())
        .toList();
  }

  private static Grant grant(
      Map.Entry<RepositoryName, Set<Action>> entry, Map<String, ProjectAccess> decisions) {
    ProjectAccess access = Objects.requireNonNull(decisions.get(entry.getKey().project().value()));
    Set<Action> granted = EnumSet.noneOf(Action.class);
    entry.getValue().stream()
        .filter(action -> access.allows(action, entry.getKey()))
        .forEach(granted::add);
    return new Grant(entry.getKey(), access.projectId(), granted);
  }

  private static String describe(List<Grant> grants, boolean catalog) {
    List<String> scopes =
        new ArrayList<>(
            grants.stream()
                .map(grant -> new Scope.OfRepository(grant.name(), grant.actions()).toString())
                .toList());
    if (catalog) {
      scopes.add(new Scope.Catalog().toString());
    }
    return String.join(" ", scopes);
  }

  /** All that a token says. */
  private record Statement(
      Principal principal,
      List<Grant> grants,
      boolean catalog,
      Instant issuedAt,
      Duration lifetime) {}
}
