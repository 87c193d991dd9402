package io.orlop.security;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Api.post;

import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.Api;
import java.util.List;
import java.util.Map;

/** What an administrator makes through the API. */
final class SystemThings implements Words.Maker {
  @Override
  public Map<String, String> make(String word, Words words) {
    Api.Project project = words.scene().project();
    return switch (word) {
      case "empty_project" -> Map.of(word, emptyProject(words.scene()));
      case "mid", "member" -> member(project, words);
      case "group", "group_id" -> group();
      case "role", "role_id" -> role();
      case "label", "label_id" -> label("label", "p", project);
      case "global_label", "global_label_id" -> label("global_label", "g", project);
      case "robot", "robot_id" -> robot("robot", Api.newProjectRobot(project, "tag:list"));
      case "system_robot", "system_robot_id", "system_robot_name" -> systemRobot(project);
      case "secret_id" -> Map.of(word, secondSecret(words.get("robot_id")));
      default -> Map.of();
    };
  }

  private static String emptyProject(SecurityScene scene) {
    Api.Project empty = Api.newProject(scene.isPublic());
    scene.join(empty);
    return empty.name();
  }

  private static Map<String, String> member(Api.Project project, Words words) {
    Accounts.Account user =
        new Accounts.Account(Long.parseLong(words.get("user_id")), words.get("user"));
    return Map.of("member", user.name(), "mid", Long.toString(Api.newMember(project, user, 2)));
  }

  private static Map<String, String> group() {
    String name = Words.newName();
    return Map.of(
        "group",
        name,
        "group_id",
        made("/usergroups", Map.of("group_name", name, "group_type", 2)));
  }

  private static Map<String, String> role() {
    String name = Words.newName();
    List<Map<String, String>> pairs = List.of(Map.of("resource", "tag", "action", "list"));
    return Map.of(
        "role", name, "role_id", made("/roles", Map.of("name", name, "permissions", pairs)));
  }

  private static Map<String, String> label(String kind, String scope, Api.Project project) {
    String name = Words.newName();
    Map<String, Object> body = Map.of("name", name, "scope", scope, "project_id", project.id());
    return Map.of(kind, name, kind + "_id", made("/labels", body));
  }

  private static Map<String, String> systemRobot(Api.Project project) {
    Api.Robot robot =
        Api.newSystemRobot(List.of(Api.permission("project", project.name(), "tag:list")));
    return Map.of(
        "system_robot", robot.name(),
        "system_robot_id", Long.toString(robot.id()),
        "system_robot_name", robot.name().substring("robot$".length()));
  }

  private static Map<String, String> robot(String kind, Api.Robot robot) {
    return Map.of(kind, robot.name(), kind + "_id", Long.toString(robot.id()));
  }

  private static String secondSecret(String robot) {
    return made("/robots/" + robot + "/secrets", Map.of());
  }

  private static String made(String path, Object body) {
    return Long.toString(Api.idOf(post(admin(), path, body)));
  }
}
