package io.orlop.api.user;

import static io.orlop.api.user.People.PASSWORD;
import static io.orlop.api.user.People.PATH;
import static io.orlop.api.user.People.as;
import static io.orlop.api.user.People.newPerson;
import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static io.orlop.testsupport.Apis.expectEmpty;
import static io.orlop.testsupport.Apis.expectRefusal;
import static io.orlop.testsupport.Apis.json;
import static io.orlop.testsupport.Apis.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class PasswordApiTest {
  private static final String NEW = "An0ther-password";

  @Test
  void changesAnOwnPasswordForWhoeverKnowsTheOldOne() {
    People.Person person = newPerson();

    expectEmpty(change(person, "{'old_password':'%s','new_password':'%s'}", PASSWORD, NEW), 200);

    assertThat(person.request().get(PATH + "/current").statusCode()).isEqualTo(401);
    assertThat(as(person.name(), NEW).get(PATH + "/current").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAWrongOldPassword() {
    People.Person person = newPerson();

    expectRefusal(
        change(person, "{'old_password':'%s','new_password':'%s'}", "Wr0ng-one", NEW),
        403,
        "Current password is incorrect");
    expectRefusal(
        change(person, "{'new_password':'%s'}%s", NEW, ""), 403, "Current password is incorrect");
    assertThat(person.request().get(PATH + "/current").statusCode()).isEqualTo(200);
  }

  @Test
  void slowsDownGuessesOfTheOldPassword() {
    People.Person person = newPerson();
    assertThat(person.request().get(PATH + "/current").statusCode()).isEqualTo(200);
    String body = "{'old_password':'%s','new_password':'%s'}";
    for (int i = 0; i < 5; i++) {
      assertThat(change(person, body, "Wr0ng-" + i, NEW).statusCode()).isEqualTo(403);
    }

    assertThat(change(person, body, "Wr0ng-6", NEW).statusCode()).isEqualTo(429);
  }

  @Test
  void refusesTheOldPasswordAndWeakOnes() {
    People.Person person = newPerson();
    String body = "{'old_password':'%s','new_password':'%s'}";

    expectRefusal(
        change(person, body, PASSWORD, PASSWORD), 400, "New password is identical to old password");
    Response weak = change(person, body, PASSWORD, "weak");
    assertThat(weak.statusCode()).isEqualTo(400);
    assertThat(message(weak)).startsWith("the password or secret must be longer than 8 chars");
  }

  @Test
  void letsAdministratorsSetAPasswordWithoutTheOldOne() {
    People.Person person = newPerson();
    String path = person.path() + "/password";

    expectEmpty(json(admin(), "{'new_password':'%s'}".formatted(NEW)).put(path), 200);

    assertThat(person.request().get(PATH + "/current").statusCode()).isEqualTo(401);
    assertThat(as(person.name(), NEW).get(PATH + "/current").statusCode()).isEqualTo(200);
    expectRefusal(
        json(admin(), "{'new_password':'%s'}".formatted(NEW)).put(PATH + "/99999999/password"),
        404,
        "user 99999999 not found");
  }

  @Test
  void letsNobodyElseSetAPassword() {
    People.Person person = newPerson();
    String body = "{'new_password':'%s'}".formatted(NEW);

    expectRefusal(
        json(newPerson().request(), body).put(person.path() + "/password"),
        403,
        "User with ID " + person.id() + " can't be updated");
    assertThat(json(anonymous(), body).put(person.path() + "/password").statusCode())
        .isEqualTo(401);
  }

  private static Response change(People.Person person, String body, String first, String second) {
    return json(person.request(), body.formatted(first, second)).put(person.path() + "/password");
  }
}
