package io.orlop.api.robot;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Api;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;

/** Robot accounts, as the tests of this package look at them. */
final class Robots {
  static final String ROBOTS = "/robots";

  private Robots() {}

  static Map<String, Object> get(long id) {
    Response answer = admin().get(BASE + ROBOTS + "/" + id);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.jsonPath().getMap("$");
  }

  static Map<String, Object> changed(long id, Map<String, Object> changes) {
    Map<String, Object> body = new HashMap<>(get(id));
    body.putAll(changes);
    return body;
  }

  static String ci(Api.Project project) {
    return "{\"name\":\"ci\",\"level\":\"project\",\"duration\":-1,\"permissions\":[{\"kind\":\"project\","
        + "\"namespace\":\""
        + project.name()
        + "\",\"access\":[{\"resource\":\"repository\",\"action\":\"pull\"}]}]}";
  }

  static boolean signsIn(String name, String secret) {
    int status = as(name, secret).get(BASE + "/users/current/permissions").statusCode();
    assertThat(status).isIn(200, 401);
    return status == 200;
  }
}
