package io.orlop.api.user;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Apis.idIn;
import static io.orlop.testsupport.Apis.json;
import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Accounts that the tests of this package make over HTTP. */
final class People {
  static final String PATH = "/api/v2.0/users";
  static final String PASSWORD = "Passw0rd-1";

  private People() {}

  /** Somebody with an account. */
  record Person(long id, String name) {
    RequestSpecification request() {
      return as(name, PASSWORD);
    }

    String path() {
      return PATH + "/" + id;
    }

    String email() {
      return name + "@example.com";
    }
  }

  static Person newPerson() {
    String name = newName();
    return new Person(idIn(createPerson(admin(), name)), name);
  }

  static Response createPerson(RequestSpecification caller, String name) {
    return json(
            caller,
            "{'username':'%s','email':'%s@example.com','realname':'Real %s','comment':'hi','password':'%s'}"
                .formatted(name, name, name, PASSWORD))
        .post(PATH);
  }

  static RequestSpecification as(String name, String password) {
    return given().auth().preemptive().basic(name, password);
  }

  static String newName() {
    return "person-" + UUID.randomUUID();
  }
}
