package io.orlop.api;

import static io.orlop.api.AtOnce.delete;
import static io.orlop.api.AtOnce.post;
import static io.orlop.testsupport.Api.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.access.Role;
import io.orlop.api.AtOnce.Deed;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens when two requests meet. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RacesTest {
  private static final int ROUNDS = 3;
  private static final int SAME = 3;

  @Inject TestRegistry registry;
  private RegistryClient admin;
  private TestRegistry.NewProject project;

  @BeforeEach
  void makeProject() {
    admin = registry.as(registry.administrator());
    project = registry.newPrivateProject();
  }

  /** Everything that can be made by a name or a pair that nothing else may have. */
  enum Creation {
    USER,
    GROUP,
    GROUP_MEMBER,
    PROJECT,
    MEMBER,
    MEMBER_GROUP,
    ROLE,
    SYSTEM_ROBOT,
    PROJECT_ROBOT,
    GLOBAL_LABEL,
    PROJECT_LABEL,
    ARTIFACT_LABEL,
    TAG,
    METADATA,
    PERSONAL_TOKEN
  }

  @ParameterizedTest
  @EnumSource(Creation.class)
  void oneOfEqualCreationsSucceedsAndTheOthersAreConflicts(Creation creation) {
    for (int round = 0; round < ROUNDS; round++) {
      Deed deed = creation(creation);

      List<Integer> statuses =
          AtOnce.send(admin, Collections.nCopies(SAME, deed)).stream()
              .map(Answer::status)
              .sorted()
              .toList();

      // Harbor answers 200 where what is made has no address of its own.
      boolean addressed = creation != Creation.ARTIFACT_LABEL && creation != Creation.METADATA;
      assertThat(statuses).containsExactly(addressed ? 201 : 200, 409, 409);
    }
  }

  private Deed creation(Creation creation) {
    String name = newName("n");
    String members = "/projects/" + project.name() + "/members";
    return switch (creation) {
      case USER ->
          post(
              "/users",
              "{\"username\":\"%s\",\"email\":\"%s@x.io\",\"realname\":\"R\",\"password\":\"Passw0rd-1\"}"
                  .formatted(name, name));
      case GROUP -> post("/usergroups", group(name));
      case GROUP_MEMBER ->
          post(
              "/usergroups/" + made("/usergroups", group(name)) + "/members",
              "{\"user_id\":%d}".formatted(registry.newUser().id()));
      case PROJECT -> post("/projects", "{\"project_name\":\"%s\"}".formatted(name));
      case MEMBER -> post(members, member(registry.newUser().id(), 2));
      case MEMBER_GROUP ->
          post(
              members,
              "{\"role_id\":2,\"member_group\":{\"group_name\":\"%s\",\"group_type\":2}}"
                  .formatted(name));
      case ROLE -> post("/roles", role(name));
      case SYSTEM_ROBOT -> post("/robots", robot(name, "system"));
      case PROJECT_ROBOT -> post("/robots", robot(name, "project"));
      case GLOBAL_LABEL -> post("/labels", label(name, "g"));
      case PROJECT_LABEL -> post("/labels", label(name, "p"));
      case ARTIFACT_LABEL ->
          post(artifact() + "/labels", "{\"id\":%s}".formatted(made("/labels", label(name, "p"))));
      case TAG -> post(artifact() + "/tags", "{\"name\":\"%s\"}".formatted(name));
      case METADATA -> {
        delete("/projects/" + project.name() + "/metadatas/auto_scan").send(admin);
        yield post("/projects/" + project.name() + "/metadatas", "{\"auto_scan\":\"true\"}");
      }
      case PERSONAL_TOKEN ->
          post(
              "/users/current/tokens",
              "{\"name\":\"%s\",\"scope\":{\"level\":\"read\"}}".formatted(name));
    };
  }

  /** Something that is made of another thing, which goes at the same moment. */
  enum Meeting {
    MEMBER_AND_USER,
    MEMBER_AND_GROUP,
    MEMBER_AND_ROLE,
    MEMBER_AND_PROJECT,
    GROUP_MEMBER_AND_USER,
    GROUP_MEMBER_AND_GROUP,
    ROBOT_AND_PROJECT,
    LABEL_AND_PROJECT,
    METADATA_AND_PROJECT,
    ARTIFACT_LABEL_AND_LABEL,
    ARTIFACT_LABEL_AND_ARTIFACT,
    TAG_AND_ARTIFACT,
    COPY_AND_SOURCE,
    ROBOT_SECRET_AND_ROBOT
  }

  @ParameterizedTest
  @EnumSource(Meeting.class)
  void whatIsMadeOfSomethingThatGoesIsRefusedOrGoesAlong(Meeting meeting) {
    for (int round = 0; round < 2 * ROUNDS; round++) {
      List<Deed> both = meeting(meeting);

      List<Answer> answers = AtOnce.send(admin, both);

      assertThat(answers.get(0).status()).as("%s", answers).isIn(200, 201, 400, 404, 409, 412);
      assertThat(answers.get(1).status()).as("%s", answers).isIn(200, 404, 412);
      assertThat(answers).as("one of them").anyMatch(answer -> answer.status() < 300);
    }
  }

  private List<Deed> meeting(Meeting meeting) {
    return switch (meeting) {
      case MEMBER_AND_USER, MEMBER_AND_GROUP, MEMBER_AND_ROLE, MEMBER_AND_PROJECT ->
          memberMeeting(meeting);
      case GROUP_MEMBER_AND_USER, GROUP_MEMBER_AND_GROUP -> groupMeeting(meeting);
      case ROBOT_AND_PROJECT, LABEL_AND_PROJECT, METADATA_AND_PROJECT -> projectMeeting(meeting);
      case ARTIFACT_LABEL_AND_LABEL,
          ARTIFACT_LABEL_AND_ARTIFACT,
          TAG_AND_ARTIFACT,
          COPY_AND_SOURCE ->
          artifactMeeting(meeting);
      case ROBOT_SECRET_AND_ROBOT -> {
        String robot = "/robots/" + made("/robots", robot(newName("n"), "system"));
        yield List.of(post(robot + "/secrets", "{}"), delete(robot));
      }
    };
  }

  private List<Deed> memberMeeting(Meeting meeting) {
    String members = "/projects/" + project.name() + "/members";
    long user = registry.newUser().id();
    switch (meeting) {
      case MEMBER_AND_USER -> {
        return List.of(post(members, member(user, 2)), delete("/users/" + user));
      }
      case MEMBER_AND_GROUP -> {
        String group = made("/usergroups", group(newName("n")));
        String body = "{\"role_id\":2,\"member_group\":{\"id\":%s}}".formatted(group);
        return List.of(post(members, body), delete("/usergroups/" + group));
      }
      case MEMBER_AND_ROLE -> {
        String role = made("/roles", role(newName("n")));
        String body = member(user, Integer.parseInt(role));
        return List.of(post(members, body), delete("/roles/" + role));
      }
      default -> {
        String other = "/projects/" + Api.newProject(false).name();
        return List.of(post(other + "/members", member(user, 2)), delete(other));
      }
    }
  }

  private List<Deed> groupMeeting(Meeting meeting) {
    long user = registry.newUser().id();
    String group = "/usergroups/" + made("/usergroups", group(newName("n")));
    Deed joins = post(group + "/members", "{\"user_id\":%d}".formatted(user));
    return List.of(
        joins, delete(meeting == Meeting.GROUP_MEMBER_AND_USER ? "/users/" + user : group));
  }

  private List<Deed> projectMeeting(Meeting meeting) {
    project = registry.newPrivateProject();
    String here = "/projects/" + project.name();
    Deed deed =
        switch (meeting) {
          case ROBOT_AND_PROJECT -> post("/robots", robot(newName("n"), "project"));
          case LABEL_AND_PROJECT -> post("/labels", label(newName("n"), "p"));
          default -> post(here + "/metadatas", "{\"auto_scan\":\"true\"}");
        };
    return List.of(deed, delete(here));
  }

  private List<Deed> artifactMeeting(Meeting meeting) {
    String artifact = artifact();
    String label = made("/labels", label(newName("n"), "p"));
    Deed labels = post(artifact + "/labels", "{\"id\":%s}".formatted(label));
    switch (meeting) {
      case ARTIFACT_LABEL_AND_LABEL -> {
        return List.of(labels, delete("/labels/" + label));
      }
      case ARTIFACT_LABEL_AND_ARTIFACT -> {
        return List.of(labels, delete(artifact));
      }
      case TAG_AND_ARTIFACT -> {
        String body = "{\"name\":\"%s\"}".formatted(newName("n"));
        return List.of(post(artifact + "/tags", body), delete(artifact));
      }
      default -> {
        String digest = artifact.substring(artifact.indexOf("sha256:"));
        String copies = "/projects/" + project.name() + "/repositories/copy/artifacts?from=";
        Deed copy = post(copies + project.name() + "/app@" + digest, "");
        return List.of(copy, delete(artifact));
      }
    }
  }

  @Test
  void changesOfOneRoleInUseLeaveOneOfThem() {
    String role = made("/roles", role(newName("n")));
    Account user = registry.newUser();
    made("/projects/" + project.name() + "/members", member(user.id(), Integer.parseInt(role)));
    Deed pulls = new Deed("PUT", "/roles/" + role, role(newName("n"), "repository:pull"));
    Deed lists = new Deed("PUT", "/roles/" + role, role(newName("n"), "tag:list"));

    List<Answer> answers = AtOnce.send(admin, List.of(pulls, lists, pulls, lists));

    assertThat(answers).allSatisfy(answer -> answer.expect(200));
    JsonNode kept = new Deed("GET", "/roles/" + role, "").send(admin).json();
    assertThat(kept.path("permissions")).hasSize(1);
    RepositoryClient repository = admin.repository(project.name() + "/app");
    repository.pushImage("v1");
    boolean mayPull = kept.path("permissions").path(0).path("action").asText().equals("pull");
    registry
        .as(user)
        .repository(project.name() + "/app")
        .getManifest("v1")
        .expect(mayPull ? 200 : 403);
    new Deed("DELETE", "/roles/" + role, "").send(admin).expect(412);
  }

  /** Decision 7: what was given out before holds until its end, and nothing new is given out. */
  @Test
  void aTokenOutlivesAMembershipButNothingElseDoes() {
    Account user = registry.newMember(project, Role.DEVELOPER);
    String name = project.name() + "/app";
    RepositoryClient repository = registry.as(user).repository(name);
    repository.pushImage("v1");
    String token = registry.as(user).token("repository:" + name + ":pull,push");

    registry.expel(project, user);

    registry.anonymous().bearer(token).repository(name).getManifest("v1").expect(200);
    repository.getManifest("v1").expectError(403, "DENIED");
    String after = registry.as(user).token("repository:" + name + ":pull,push");
    registry.anonymous().bearer(after).repository(name).getManifest("v1").expect(403);
    new Deed("GET", "/projects/" + project.name(), "").send(registry.as(user)).expect(403);
  }

  private String artifact() {
    Digest digest = admin.repository(project.name() + "/app").pushImage(newName("t"));
    return "/projects/" + project.name() + "/repositories/app/artifacts/" + digest;
  }

  /** Makes something and returns its id. */
  private String made(String path, String body) {
    String location = post(path, body).send(admin).expect(201).location().getPath();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static String group(String name) {
    return "{\"group_name\":\"%s\",\"group_type\":2}".formatted(name);
  }

  private static String member(long user, int role) {
    return "{\"role_id\":%d,\"member_user\":{\"user_id\":%d}}".formatted(role, user);
  }

  private String label(String name, String scope) {
    return "{\"name\":\"%s\",\"scope\":\"%s\",\"project_id\":%d}"
        .formatted(name, scope, project.id());
  }

  private static String role(String name) {
    return role(name, "tag:list");
  }

  private static String role(String name, String pair) {
    String[] words = pair.split(":", 2);
    return "{\"name\":\"%s\",\"permissions\":[{\"resource\":\"%s\",\"action\":\"%s\"}]}"
        .formatted(name, words[0], words[1]);
  }

  private String robot(String name, String level) {
    return """
    {"name":"%s","level":"%s","duration":30,"permissions":[{"kind":"project","namespace":"%s",
      "access":[{"resource":"tag","action":"list"}]}]}
    """
        .formatted(name, level, project.name());
  }
}
