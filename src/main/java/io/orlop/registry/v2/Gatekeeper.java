package io.orlop.registry.v2;

import io.orlop.access.Action;
import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.SystemPermission;
import io.orlop.catalog.RepositoryRef;
import io.orlop.identity.Attempt;
import io.orlop.identity.Authentication;
import io.orlop.identity.Principal;
import io.orlop.identity.Principals;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.http.BasicCredentials;
import io.orlop.registry.token.Grant;
import io.orlop.registry.token.RegistryToken;
import io.orlop.registry.token.Scope;
import io.orlop.registry.token.TokenService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may enter.
 *
 * <p>A token is judged by what it says, without the database. A password is judged by its owner's
 * rights now. A valid token without the action: 401 with the scope to ask for if its principal
 * holds the right, else 403, the same for repositories that are forbidden and that do not exist.
 */
@ApplicationScoped
class Gatekeeper {
  /** Clients put "unauthorized: " in front of it. */
  private static final String LOGIN = "authentication required";

  private final TokenService tokens;
  private final Authentication authentication;
  private final Authorizer authorizer;
  private final Principals principals;

  Gatekeeper(
      TokenService tokens,
      Authentication authentication,
      Authorizer authorizer,
      Principals principals) {
    this.tokens = tokens;
    this.authentication = authentication;
    this.authorizer = authorizer;
    this.principals = principals;
  }

  /** Admits to an action on a repository. */
  void admit(Visitor visitor, RepositoryName name, Action action, RegistryCall call) {
    String scope = scopeFor(name, action);
    String refusal =
        "unauthorized to access repository: " + name + ", action: " + action.wireName();
    if (visitor.token() != null) {
      RegistryToken token = token(visitor, scope);
      Grant grant =
          granted(token, name, action)
              .orElseThrow(() -> withoutGrant(visitor, token.principal(), name, action));
      call.authorised(token.principal(), new RepositoryRef(grant.projectId(), name));
      return;
    }
    if (visitor.authorization() == null) {
      throw visitor.unauthorized(scope, "", refusal);
    }
    Principal principal = byPassword(visitor, scope);
    ProjectAccess access =
        authorizer
            .decide(principal, name.project().value())
            .orElseThrow(() -> noRight(principal, name, refusal));
    if (!access.allows(action, name)) {
      throw ErrorCode.DENIED.exception(refusal);
    }
    call.authorised(principal, new RepositoryRef(access.projectId(), name));
  }

  /** Admits to the list of all repositories: system administrators alone. */
  void admitToCatalog(Visitor visitor, RegistryCall call) {
    String scope = new Scope.Catalog().toString();
    Principal principal;
    boolean allowed;
    if (visitor.token() != null) {
      RegistryToken token = token(visitor, scope);
      principal = token.principal();
      allowed = token.catalog();
      if (!allowed && mayList(now(principal))) {
        throw visitor.unauthorized(
            scope, "insufficient_scope", "the token lacks the scope " + scope);
      }
    } else if (visitor.authorization() == null) {
      throw visitor.unauthorized(scope, "", "unauthorized to list catalog");
    } else {
      principal = byPassword(visitor, scope);
      allowed = mayList(principal);
    }
    if (!allowed) {
      if (principal instanceof Principal.Anonymous) {
        throw visitor.unauthorized(scope, "", "unauthorized to list catalog");
      }
      throw ErrorCode.DENIED.exception("unauthorized to list catalog: administrators only");
    }
    call.authorised(principal);
  }

  /** Tells whether a visitor's token was verified before, so that to judge it waits for nothing. */
  boolean knows(Visitor visitor) {
    String token = visitor.token();
    return token != null && tokens.known(token).isPresent();
  }

  /**
   * Admits a visitor to an action on a repository without waiting for anything; empty if that takes
   * more than a look at a token that was verified before: then {@link #admit} decides.
   */
  Optional<RegistryCall> admitAtOnce(Visitor visitor, RepositoryName name, Action action) {
    return Optional.ofNullable(visitor.token())
        .flatMap(tokens::known)
        .flatMap(token -> admitted(token, name, action));
  }

  private static Optional<RegistryCall> admitted(
      RegistryToken token, RepositoryName name, Action action) {
    return granted(token, name, action)
        .map(grant -> {
          RegistryCall call = new RegistryCall();
          call.authorised(token.principal(), new RepositoryRef(grant.projectId(), name));
          return call;
        });
  }

  private static Optional<Grant> granted(RegistryToken token, RepositoryName name, Action action) {
    return token.grantFor(name).filter(grant -> grant.actions().contains(action));
  }

  /** Admits everybody who is somebody: what a login checks. */
  void admitAnybodySignedIn(Visitor visitor, RegistryCall call) {
    if (visitor.authorization() == null) {
      throw visitor.unauthorized("", "", LOGIN);
    }
    Principal principal =
        visitor.token() == null ? byPassword(visitor, "") : token(visitor, "").principal();
    if (principal instanceof Principal.Anonymous) {
      throw visitor.unauthorized("", "", LOGIN);
    }
    call.authorised(principal);
  }

  /** Reads again who a token's holder is now; anonymous if the account is gone or changed hands. */
  Principal now(Principal holder) {
    return principals.now(holder);
  }

  private boolean mayList(Principal principal) {
    return authorizer.system(principal).contains(SystemPermission.CATALOG_READ);
  }

  private RegistryException withoutGrant(
      Visitor visitor, Principal holder, RepositoryName name, Action action) {
    String refusal =
        "unauthorized to access repository: " + name + ", action: " + action.wireName();
    Principal principal = now(holder);
    boolean holdsRight =
        authorizer
            .decide(principal, name.project().value())
            .filter(access -> access.allows(action, name))
            .isPresent();
    if (holdsRight) {
      return visitor.unauthorized(scopeFor(name, action), "insufficient_scope", refusal);
    }
    if (principal instanceof Principal.Anonymous) {
      return visitor.unauthorized(scopeFor(name, action), "", refusal);
    }
    return noRight(principal, name, refusal);
  }

  private RegistryException noRight(Principal principal, RepositoryName name, String refusal) {
    return principal.systemAdministrator()
        ? ErrorCode.NAME_UNKNOWN.exception("project " + name.project().value() + " not found")
        : ErrorCode.DENIED.exception(refusal);
  }

  private RegistryToken token(Visitor visitor, String scope) {
    return Optional.ofNullable(visitor.token())
        .flatMap(tokens::read)
        .orElseThrow(() ->
            visitor.unauthorized(scope, "invalid_token", "the token is invalid or has expired"));
  }

  private Principal byPassword(Visitor visitor, String scope) {
    return BasicCredentials.parse(visitor.authorization())
        .flatMap(basic ->
            authentication.authenticate(
                new Attempt(basic.username(), basic.password(), visitor.address().get())))
        .orElseThrow(() -> visitor.unauthorized(scope, "", LOGIN));
  }

  /** Asks for what goes with the action, so that one token serves a whole push. */
  private static String scopeFor(RepositoryName name, Action action) {
    Set<Action> actions =
        switch (action) {
          case PULL -> EnumSet.of(Action.PULL);
          case PUSH -> EnumSet.of(Action.PULL, Action.PUSH);
          case DELETE -> EnumSet.of(Action.DELETE);
        };
    return new Scope.OfRepository(name, actions).toString();
  }
}
