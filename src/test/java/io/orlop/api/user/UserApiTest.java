package io.orlop.api.user;

import static io.orlop.api.user.People.PASSWORD;
import static io.orlop.api.user.People.PATH;
import static io.orlop.api.user.People.as;
import static io.orlop.api.user.People.createPerson;
import static io.orlop.api.user.People.newName;
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
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class UserApiTest {

  @Test
  void createsAnAccountAndShowsItInTheContractsForm() {
    String name = newName();

    Response created = createPerson(admin(), name);

    expectEmpty(created, 201);
    assertThat(created.header("Location")).matches("/api/v2\\.0/users/[0-9]+");
    JsonPath user = admin().get(created.header("Location")).jsonPath();
    assertThat(user.getMap(""))
        .containsOnlyKeys(
            "user_id",
            "username",
            "email",
            "realname",
            "comment",
            "sysadmin_flag",
            "admin_role_in_auth",
            "creation_time",
            "update_time")
        .containsEntry("username", name)
        .containsEntry("email", name + "@example.com")
        .containsEntry("realname", "Real " + name)
        .containsEntry("comment", "hi")
        .containsEntry("sysadmin_flag", false);
    assertThat(user.getString("creation_time")).matches("[0-9T:-]{19}\\.[0-9]{3}Z");
  }

  @Test
  void leavesOutWhatIsEmpty() {
    String name = newName();
    Response created =
        json(
                admin(),
                "{'username':'%s','email':'%s@x.io','realname':'R','password':'%s','x':[1]}"
                    .formatted(name, name, PASSWORD))
            .post(PATH + "/");

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.header("Location")).matches("/api/v2\\.0/users/[0-9]+");
    assertThat(admin().get(created.header("Location")).jsonPath().getMap(""))
        .doesNotContainKeys("comment", "oidc_user_meta", "auditor_flag");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "password | short1A            | 400 | the password or secret must be longer than 8 chars",
        "password | alllowercase1      | 400 | the password or secret must be longer than 8 chars",
        "password | ALLUPPERCASE1      | 400 | the password or secret must be longer than 8 chars",
        "password | NoNumberAtAll      | 400 | the password or secret must be longer than 8 chars",
        "password |                    | 400 | the password or secret must be longer than 8 chars",
        "username |                    | 400 | username with illegal length",
        "username | a,b                | 400 | username contains illegal characters",
        "username | a$b                | 400 | username contains illegal characters",
        "username | a:b                | 400 | username contains illegal characters",
        "username | a\\u0000b          | 400 | username contains illegal characters",
        "email    |                    | 400 | email can't be empty",
        "email    | nowhere            | 400 | email with illegal format",
        "email    | a\\u0000@x.io      | 400 | email with illegal format",
        "realname |                    | 400 | realname with illegal length",
        "realname | a~b                | 400 | realname contains illegal characters",
        "comment  | 1234567890123456789012345678901 | 400 | comment with illegal length",
        "comment  | \\u0000            | 400 | comment contains illegal characters",
      })
  void refusesWhatHarborRefuses(String member, String value, int status, String message) {
    Response answer =
        json(
                admin(),
                "{'username':'%s','email':'a@b.io','realname':'R','password':'Passw0rd','%s':'%s'}"
                    .formatted(newName(), member, value == null ? "" : value))
            .post(PATH);

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(message(answer)).startsWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"username", "email"})
  void refusesTextsThatAreTooLongForTheContract(String member) {
    Response answer =
        json(
                admin(),
                "{'password':'Passw0rd','username':'u','%s':'%s'}"
                    .formatted(member, "a".repeat(256)))
            .post(PATH);

    assertThat(message(answer)).startsWith(member + " in body");
    assertThat(answer.statusCode()).isIn(400, 422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'username':7}", "{'password':true}", "{'email':['a']}"})
  void refusesTypesThatTheContractDoesNotHave(String body) {
    assertThat(json(admin(), body).post(PATH).statusCode()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "7"})
  void neverFailsOnAStrangeBody(String body) {
    assertThat(json(admin(), body).post(PATH).statusCode()).isIn(400, 422);
  }

  @Test
  void refusesANameOrAddressThatIsTaken() {
    People.Person person = newPerson();
    String body = "{'username':'%s','email':'%s','realname':'R','password':'Passw0rd'}";

    expectRefusal(
        createPerson(admin(), person.name()), 409, "user " + person.name() + " already exists");
    expectRefusal(
        json(admin(), body.formatted(newName(), person.email())).post(PATH),
        409,
        "user " + person.email() + " already exists");
    // Else the other could not sign in by the address any more.
    assertThat(json(admin(), body.formatted(person.email(), "x@y.io")).post(PATH).statusCode())
        .isEqualTo(409);
  }

  @Test
  void letsOneOfManyWhoWantTheSameNameHaveIt() throws Exception {
    String name = newName();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      Callable<Integer> creation = () -> createPerson(admin(), name).statusCode();
      List<Integer> codes =
          pool.invokeAll(List.of(creation, creation, creation, creation)).stream()
              .map(Future::resultNow)
              .toList();

      assertThat(codes).containsExactlyInAnyOrder(201, 409, 409, 409);
    }
  }

  @Test
  void letsOnlyThoseWithTheRightCreate() {
    expectRefusal(createPerson(anonymous(), newName()), 401, "unauthorized");
    expectRefusal(createPerson(newPerson().request(), newName()), 403, "forbidden");
  }

  @Test
  void listsForAdministratorsOnly() {
    assertThat(anonymous().get(PATH).statusCode()).isEqualTo(401);
    assertThat(newPerson().request().get(PATH).statusCode()).isEqualTo(403);
    assertThat(admin().get(PATH).statusCode()).isEqualTo(200);
  }

  @Test
  void pagesFiltersAndSortsTheList() {
    String prefix = newName();
    for (String letter : List.of("c", "a", "b")) {
      assertThat(createPerson(admin(), prefix + letter).statusCode()).isEqualTo(201);
    }

    Response first = admin().get(PATH + "?page_size=2&q=username=~" + prefix);
    assertThat(first.jsonPath().getList("username")).containsExactly(prefix + "a", prefix + "b");
    assertThat(first.header("X-Total-Count")).isEqualTo("3");
    assertThat(first.header("Link")).contains("page=2").contains("rel=\"next\"");
    Response beyond = admin().get(PATH + "?page=9&username=" + prefix);
    assertThat(beyond.asString()).isEqualTo("[]");
    assertThat(beyond.header("X-Total-Count")).isEqualTo("3");
    assertThat(names("sort=-username&email=" + prefix))
        .containsExactly(prefix + "c", prefix + "b", prefix + "a");
    assertThat(names("q=username=" + prefix + "c,unknown=x")).containsExactly(prefix + "c");
    assertThat(names("q=sysadmin_flag=true,username=" + prefix + "c")).isEmpty();
    assertThat(names("sort=creation_time&q=email=~" + prefix))
        .containsExactly(prefix + "c", prefix + "a", prefix + "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page_size=101",
        "page=x",
        "q=user_id=x",
        "q=username",
        "username=%00",
        "q=username=%2500"
      })
  void refusesListsThatNobodyCanMake(String query) {
    assertThat(admin().urlEncodingEnabled(false).get(PATH + "?" + query).statusCode())
        .isIn(400, 422);
  }

  @Test
  void findsPeopleForEverybodyWhoIsSignedIn() {
    People.Person person = newPerson();
    String part = person.name().substring(7, 30).toUpperCase(Locale.ROOT);

    Response found = newPerson().request().get(PATH + "/search?username=" + part);

    assertThat(found.jsonPath().getList(""))
        .containsExactly(Map.of("user_id", (int) person.id(), "username", person.name()));
    assertThat(found.header("X-Total-Count")).isEqualTo("1");
    assertThat(anonymous().get(PATH + "/search?username=a").statusCode()).isEqualTo(401);
    assertThat(admin().get(PATH + "/search").statusCode()).isEqualTo(422);
    assertThat(admin().get(PATH + "/search?username=no-such-person-at-all").asString())
        .isEqualTo("[]");
  }

  @Test
  void showsPeopleTheirOwnAccountAndNoOther() {
    People.Person person = newPerson();
    People.Person other = newPerson();

    assertThat(person.request().get(person.path()).statusCode()).isEqualTo(200);
    assertThat(person.request().get(PATH + "/current").jsonPath().getLong("user_id"))
        .isEqualTo(person.id());
    expectRefusal(
        person.request().get(other.path()), 403, "Not authorized to read user: " + other.id());
    expectRefusal(
        person.request().get(PATH + "/99999999"), 403, "Not authorized to read user: 99999999");
    expectRefusal(admin().get(PATH + "/99999999"), 404, "user 99999999 not found");
    assertThat(anonymous().get(person.path()).statusCode()).isEqualTo(401);
    assertThat(anonymous().get(PATH + "/current").statusCode()).isEqualTo(401);
    assertThat(admin().get(PATH + "/no-number").statusCode()).isEqualTo(422);
    assertThat(admin().get(PATH + "/99999999999999999999").statusCode()).isEqualTo(422);
  }

  @Test
  void replacesAProfile() {
    People.Person person = newPerson();
    String email = newName() + "@example.org";

    expectEmpty(
        json(person.request(), "{'email':'%s','realname':'New'}".formatted(email))
            .put(person.path()),
        200);

    JsonPath user = admin().get(person.path()).jsonPath();
    assertThat(user.getString("email")).isEqualTo(email);
    assertThat(user.getString("realname")).isEqualTo("New");
    assertThat(user.getMap("")).doesNotContainKey("comment");
  }

  @Test
  void letsPeopleChangeTheirOwnProfileOnly() {
    People.Person person = newPerson();
    People.Person other = newPerson();
    String body = "{'email':'%s','realname':'New'}";

    expectRefusal(
        json(person.request(), body.formatted("a@b.io")).put(other.path()),
        403,
        "User with ID " + other.id() + " can't be updated");
    expectRefusal(
        json(person.request(), body.formatted(other.email())).put(person.path()),
        409,
        "user " + other.email() + " already exists");
    expectRefusal(
        json(admin(), body.formatted("nobody@b.io")).put(PATH + "/99999999"),
        404,
        "user 99999999 not found");
    assertThat(json(admin(), body.formatted("nowhere")).put(other.path()).statusCode())
        .isEqualTo(400);
  }

  @Test
  void deletesAnAccountWhoseNameIsFreeThen() {
    People.Person person = newPerson();

    expectEmpty(admin().delete(person.path()), 200);

    assertThat(person.request().get(PATH + "/current").statusCode()).isEqualTo(401);
    expectRefusal(admin().delete(person.path()), 404, "user " + person.id() + " not found");
    assertThat(createPerson(admin(), person.name()).statusCode()).isEqualTo(201);
    assertThat(person.request().get(PATH + "/current").jsonPath().getLong("user_id"))
        .isNotEqualTo(person.id());
  }

  @Test
  void keepsTheFirstAccountAndTheCallersOwn() {
    People.Person boss = newPerson();
    setAdministrator(boss, true);

    expectRefusal(
        boss.request().delete(boss.path()),
        403,
        "User with ID " + boss.id() + " cannot be deleted");
    expectRefusal(boss.request().delete(PATH + "/1"), 403, "User with ID 1 cannot be deleted");
    assertThat(newPerson().request().delete(boss.path()).statusCode()).isEqualTo(403);
    assertThat(anonymous().delete(boss.path()).statusCode()).isEqualTo(401);
  }

  @Test
  void makesAdministratorsAndUnmakesThemAtOnce() {
    People.Person person = newPerson();

    setAdministrator(person, true);
    assertThat(person.request().get(PATH).statusCode()).isEqualTo(200);
    assertThat(person.request().get(PATH + "/current").jsonPath().getBoolean("sysadmin_flag"))
        .isTrue();
    expectEmpty(json(admin(), "{}").put(person.path() + "/sysadmin"), 200);
    assertThat(person.request().get(PATH).statusCode()).isEqualTo(403);

    assertThat(
            json(person.request(), "{'sysadmin_flag':true}")
                .put(person.path() + "/sysadmin")
                .statusCode())
        .isEqualTo(403);
    expectRefusal(
        json(admin(), "{'sysadmin_flag':true}").put(PATH + "/99999999/sysadmin"),
        404,
        "user 99999999 not found");
  }

  @Test
  void makesAuditorsWhoReadEverythingAndChangeNothing() {
    People.Person person = newPerson();

    expectEmpty(json(admin(), "{'auditor_flag':true}").put(person.path() + "/auditor"), 200);

    assertThat(person.request().get(PATH).statusCode()).isEqualTo(200);
    assertThat(createPerson(person.request(), newName()).statusCode()).isEqualTo(403);
    assertThat(admin().get(person.path()).jsonPath().getBoolean("auditor_flag")).isTrue();
  }

  @Test
  void letsPeopleSignInByTheirAddress() {
    People.Person person = newPerson();

    Response current = as(person.email(), PASSWORD).get(PATH + "/current");

    assertThat(current.jsonPath().getString("username")).isEqualTo(person.name());
    assertThat(as(person.email(), "Wrong-passw0rd").get(PATH + "/current").statusCode())
        .isEqualTo(401);
  }

  private static void setAdministrator(People.Person person, boolean flag) {
    expectEmpty(
        json(admin(), "{'sysadmin_flag':%s}".formatted(flag)).put(person.path() + "/sysadmin"),
        200);
  }

  private static List<String> names(String query) {
    return admin().urlEncodingEnabled(false).get(PATH + "?" + query).jsonPath().getList("username");
  }
}
