package io.orlop.api.project;

import static io.orlop.testsupport.Accounts.admin;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;

/** Requests for projects, as the tests of this package make them. */
final class Projects {
  static final String PATH = "/api/v2.0/projects";

  private Projects() {}

  /** Makes a project and returns its name. */
  static String createProject(boolean isPublic) {
    String name = newName();
    createProject(name, isPublic);
    return name;
  }

  static void createProject(String name, boolean isPublic) {
    String body = "{\"project_name\":\"%s\",\"public\":%s}".formatted(name, isPublic);
    assertThat(createProject(admin(), body).statusCode()).isEqualTo(201);
  }

  static Response createProject(RequestSpecification caller, String body) {
    return caller.contentType(ContentType.JSON).body(body).post(PATH);
  }

  /** Returns the names in a list. */
  static List<String> names(RequestSpecification list) {
    return list.get(PATH).jsonPath().getList("name");
  }

  static long idOf(String name) {
    return admin().get(PATH + "/" + name).jsonPath().getLong("project_id");
  }

  /** Returns what a refusal says. */
  static String message(Response answer) {
    return answer.jsonPath().getString("errors[0].message");
  }

  static String newName() {
    return "p-" + UUID.randomUUID();
  }
}
