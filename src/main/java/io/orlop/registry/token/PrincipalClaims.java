package io.orlop.registry.token;

import io.orlop.identity.Principal;
import io.orlop.identity.TokenScope;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

/** Writes into a token who holds it, and reads it again. */
final class PrincipalClaims {
  private static final String USER = "uid";
  private static final String ROBOT = "rid";
  private static final String ROBOT_PROJECT = "rpr";
  private static final String ADMINISTRATOR = "adm";
  private static final String AUDITOR = "adt";
  private static final String VERSION = "ver";
  private static final String PERSONAL = "pat";
  private static final String LEVEL = "lvl";
  private static final String PROJECTS = "prj";

  private PrincipalClaims() {}

  static void write(Principal principal, JwtClaimsBuilder claims) {
    switch (principal) {
      case Principal.Anonymous _ -> {}
      case Principal.UserPrincipal user -> write(user, claims);
      case Principal.PersonalToken token -> {
        write(token.user(), claims);
        claims
            .claim(PERSONAL, token.tokenId())
            .claim(LEVEL, token.scope().level().name())
            .claim(PROJECTS, List.copyOf(token.scope().projectIds()));
      }
      case Principal.RobotPrincipal robot -> {
        claims.claim(ROBOT, robot.id()).claim(VERSION, robot.credentialVersion());
        if (robot.projectId() != null) {
          claims.claim(ROBOT_PROJECT, robot.projectId());
        }
      }
    }
  }

  static Principal read(JwtClaims claims) throws MalformedClaimException {
    Long robot = number(claims, ROBOT);
    if (robot != null) {
      return new Principal.RobotPrincipal(
          robot, claims.getSubject(), number(claims, ROBOT_PROJECT), version(claims));
    }
    Long id = number(claims, USER);
    if (id == null) {
      return Principal.ANONYMOUS;
    }
    Principal.UserPrincipal user =
        new Principal.UserPrincipal(
            id,
            claims.getSubject(),
            isSet(claims, ADMINISTRATOR),
            isSet(claims, AUDITOR),
            version(claims));
    Long token = number(claims, PERSONAL);
    return token == null ? user : new Principal.PersonalToken(user, token, scope(claims));
  }

  private static void write(Principal.UserPrincipal user, JwtClaimsBuilder claims) {
    claims
        .claim(USER, user.id())
        .claim(ADMINISTRATOR, user.systemAdministrator())
        .claim(VERSION, user.credentialVersion());
    if (user.auditor()) {
      claims.claim(AUDITOR, true);
    }
  }

  private static TokenScope scope(JwtClaims claims) throws MalformedClaimException {
    List<?> ids = claims.getClaimValue(PROJECTS, List.class);
    Set<Long> projects =
        ids.stream()
            .map(id -> ((Number) Objects.requireNonNull(id)).longValue())
            .collect(Collectors.toSet());
    String level = claims.getStringClaimValue(LEVEL);
    return new TokenScope(TokenScope.Level.valueOf(level), projects);
  }

  private static boolean isSet(JwtClaims claims, String name) throws MalformedClaimException {
    return Boolean.TRUE.equals(claims.getClaimValue(name, Boolean.class));
  }

  private static int version(JwtClaims claims) throws MalformedClaimException {
    return Objects.requireNonNull(number(claims, VERSION)).intValue();
  }

  private static @Nullable Long number(JwtClaims claims, String name)
      throws MalformedClaimException {
    Number value = claims.getClaimValue(name, Number.class);
    return value == null ? null : value.longValue();
  }
}
