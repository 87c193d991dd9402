package io.orlop.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.identity.Principal;
import io.orlop.identity.TokenScope;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.text.Glob;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RightsTest {
  private static final RepositoryName TEAM = new RepositoryName("p/team/app");
  private static final RepositoryName OTHER = new RepositoryName("p/other");

  @Test
  void nobodyMayDoAnythingInAPrivateProject() {
    ProjectAccess access = Rights.of(Principal.ANONYMOUS, standing(false, List.of()), Map.of());

    assertThat(access.permissions()).isEmpty();
    assertThat(access.actions(TEAM)).isEmpty();
  }

  @Test
  void everybodyMayPullFromAPublicProject() {
    ProjectAccess access = Rights.of(Principal.ANONYMOUS, standing(true, List.of()), Map.of());

    assertThat(access.actions(TEAM)).containsExactly(Action.PULL);
    assertThat(access.allows(ProjectPermission.REPOSITORY_READ)).isFalse();
  }

  @Test
  void rightsOfSeveralRolesAreUnited() {
    ProjectAccess access = Rights.of(user(false, false), standing(false, List.of(5, 2)), Map.of());

    assertThat(access.actions(TEAM)).containsExactlyInAnyOrder(Action.PULL, Action.PUSH);
    assertThat(access.roles()).containsExactly(2, 5);
  }

  @Test
  void aCustomRoleReachesOnlyTheRepositoriesThatItNames() {
    CustomRoles.Definition role =
        new CustomRoles.Definition(
            Set.of(ProjectPermission.REPOSITORY_PUSH, ProjectPermission.MEMBER_LIST),
            List.of(Glob.parse("team/**")));

    ProjectAccess access =
        Rights.of(user(false, false), standing(false, List.of(100)), Map.of(100, role));

    assertThat(access.actions(TEAM)).containsExactlyInAnyOrder(Action.PULL, Action.PUSH);
    assertThat(access.actions(OTHER)).isEmpty();
    assertThat(access.allows(ProjectPermission.MEMBER_LIST)).isTrue();
    assertThat(access.allows(ProjectPermission.REPOSITORY_PUSH)).isFalse();
    assertThat(access.allowsSomewhere(ProjectPermission.REPOSITORY_PUSH)).isTrue();
    String regex = access.repositories(ProjectPermission.REPOSITORY_PUSH).regex().orElseThrow();
    assertThat(TEAM.value()).matches(regex);
    assertThat(OTHER.value()).doesNotMatch(regex);
    assertThat("p2/team/app").doesNotMatch(regex);
  }

  @Test
  void aRoleThatIsGoneGivesNothing() {
    ProjectAccess access = Rights.of(user(false, false), standing(false, List.of(100)), Map.of());

    assertThat(access.permissions()).isEmpty();
    assertThat(access.repositories(ProjectPermission.REPOSITORY_PULL).regex())
        .hasValueSatisfying(regex -> assertThat(TEAM.value()).doesNotMatch(regex));
  }

  @Test
  void anAuditorReadsEverythingAndPullsNothing() {
    ProjectAccess access = Rights.of(user(false, true), standing(false, List.of()), Map.of());

    assertThat(access.permissions())
        .allMatch(ProjectPermission::reads)
        .contains(ProjectPermission.MEMBER_LIST, ProjectPermission.LOG_LIST)
        .doesNotContain(ProjectPermission.REPOSITORY_PULL);
    assertThat(Rights.ofSystem(user(false, true), _ -> Set.of()))
        .allMatch(SystemPermission::reads)
        .contains(SystemPermission.USER_LIST);
  }

  @Test
  void aRobotMayDoWhatItWasGivenAndPullWhereItPushes() {
    Principal robot = new Principal.RobotPrincipal(7, "robot$ci", null, 1);
    Authorizer.Standing standing =
        new Authorizer.Standing(1, "p", false, List.of(), Set.of("repository:push", "no:thing"));

    ProjectAccess access = Rights.of(robot, standing, Map.of());

    assertThat(access.permissions())
        .containsExactlyInAnyOrder(
            ProjectPermission.REPOSITORY_PUSH, ProjectPermission.REPOSITORY_PULL);
    assertThat(Rights.ofSystem(robot, id -> Set.of("catalog:read", "user:" + id)))
        .containsExactly(SystemPermission.CATALOG_READ);
  }

  @Test
  void aTokenMayDoNoMoreThanItsOwnerAndItsScope() {
    ProjectAccess reading = token(TokenScope.Level.READ, Set.of(), List.of(1));
    ProjectAccess pushing = token(TokenScope.Level.PUSH, Set.of(1L), List.of(1));
    ProjectAccess elsewhere = token(TokenScope.Level.ADMIN, Set.of(2L), List.of(1));
    ProjectAccess guest = token(TokenScope.Level.ADMIN, Set.of(), List.of(3));

    assertThat(reading.actions(TEAM)).containsExactly(Action.PULL);
    assertThat(pushing.actions(TEAM)).containsExactlyInAnyOrder(Action.PULL, Action.PUSH);
    assertThat(pushing.allows(ProjectPermission.MEMBER_CREATE)).isFalse();
    assertThat(elsewhere.permissions()).isEmpty();
    assertThat(guest.actions(TEAM)).containsExactly(Action.PULL);
  }

  @Test
  void aTokenForSomeProjectsIsNothingToTheRegistryAsAWhole() {
    Principal.UserPrincipal admin = user(true, false);

    assertThat(ofSystem(admin, new TokenScope(TokenScope.Level.ADMIN, Set.of(1L)))).isEmpty();
    assertThat(ofSystem(admin, new TokenScope(TokenScope.Level.READ, Set.of())))
        .allMatch(SystemPermission::reads)
        .isNotEmpty();
    assertThat(ofSystem(admin, new TokenScope(TokenScope.Level.ADMIN, Set.of())))
        .containsExactlyInAnyOrder(SystemPermission.values());
  }

  private static Set<SystemPermission> ofSystem(Principal.UserPrincipal user, TokenScope scope) {
    return Rights.ofSystem(new Principal.PersonalToken(user, 1, scope), _ -> Set.of());
  }

  private static ProjectAccess token(
      TokenScope.Level level, Set<Long> projects, List<Integer> roles) {
    Principal token =
        new Principal.PersonalToken(user(false, false), 1, new TokenScope(level, projects));
    return Rights.of(token, standing(false, roles), Map.of());
  }

  private static Principal.UserPrincipal user(boolean administrator, boolean auditor) {
    return new Principal.UserPrincipal(1, "somebody", administrator, auditor, 1);
  }

  private static Authorizer.Standing standing(boolean isPublic, List<Integer> roles) {
    return new Authorizer.Standing(1, "p", isPublic, roles, Set.of());
  }
}
