package io.orlop.api.usergroup;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static io.orlop.testsupport.Apis.expectEmpty;
import static io.orlop.testsupport.Apis.expectRefusal;
import static io.orlop.testsupport.Apis.idIn;
import static io.orlop.testsupport.Apis.json;
import static io.orlop.testsupport.Apis.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
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
class UserGroupApiTest {
  private static final String PATH = "/api/v2.0/usergroups";

  @Inject Accounts accounts;

  @ParameterizedTest
  @CsvSource({"2, ''", "3, ''", "1, 'cn=%s,dc=example'"})
  void createsAGroupAndShowsIt(int type, String dn) {
    String name = newName();
    Response created =
        json(
                admin(),
                "{'group_name':'%s','group_type':%d,'ldap_group_dn':'%s'}"
                    .formatted(name, type, dn.formatted(name)))
            .post(PATH);

    expectEmpty(created, 201);
    assertThat(created.header("Location")).matches("/api/v2\\.0/usergroups/[0-9]+");
    Map<String, Object> group = admin().get(created.header("Location")).jsonPath().getMap("");
    assertThat(group)
        .containsEntry("group_name", name)
        .containsEntry("group_type", type)
        .containsEntry("id", (int) idIn(created));
    assertThat(group.getOrDefault("ldap_group_dn", "")).isEqualTo(dn.formatted(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'group_type':2}                                | 400 | group_name in body is required",
        "{'group_name':'','group_type':2}                | 400 | group_name in body is required",
        "{'group_name':'x'}                              | 400 | group_type in body must be 1, 2 or 3",
        "{'group_name':'x','group_type':4}               | 400 | group_type in body must be 1, 2 or 3",
        "{'group_name':'x','group_type':1}               | 400 | ldap_group_dn in body is required",
        "{'group_name':'a\\u0000','group_type':2}        | 400 | group_name in body must be",
        "{'group_name':'x','group_type':'2'}             | 422 | group_type in body must be a number",
        "null                                            | 400 | usergroup in body is required",
      })
  void refusesWhatIsNoGroup(String body, int status, String message) {
    Response answer = json(admin(), body).post(PATH);

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(message(answer)).startsWith(message);
  }

  @Test
  void refusesANameThatIsTakenAmongItsType() throws Exception {
    String name = newName();
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Callable<Integer> creation = () -> create(admin(), name, 2).statusCode();
      assertThat(
              pool.invokeAll(List.of(creation, creation)).stream().map(Future::resultNow).toList())
          .containsExactlyInAnyOrder(201, 409);
    }
    assertThat(create(admin(), name, 3).statusCode()).isEqualTo(201);
    String body = "{'group_name':'%s','group_type':1,'ldap_group_dn':'cn=%s'}";
    assertThat(json(admin(), body.formatted(name, name)).post(PATH).statusCode()).isEqualTo(201);
    assertThat(json(admin(), body.formatted(newName(), name)).post(PATH).statusCode())
        .isEqualTo(409);
  }

  @Test
  void renamesAGroup() {
    long id = newGroup();
    String name = newName();

    expectEmpty(json(admin(), "{'group_name':'%s'}".formatted(name)).put(PATH + "/" + id), 200);

    assertThat(admin().get(PATH + "/" + id).jsonPath().getString("group_name")).isEqualTo(name);
    assertThat(json(admin(), "{}").put(PATH + "/" + id).statusCode()).isEqualTo(400);
    expectRefusal(
        json(admin(), "{'group_name':'%s'}".formatted(newName())).put(PATH + "/99999999"),
        404,
        "the user group with id 99999999 is not found");
  }

  @Test
  void deletesAGroup() {
    long id = newGroup();

    expectEmpty(admin().delete(PATH + "/" + id), 200);

    String message = "the user group with id " + id + " is not found";
    expectRefusal(admin().get(PATH + "/" + id), 404, message);
    expectRefusal(admin().delete(PATH + "/" + id), 404, message);
    expectRefusal(admin().get(PATH + "/0"), 400, "the group id should be provided");
    assertThat(admin().get(PATH + "/x").statusCode()).isEqualTo(422);
  }

  @Test
  void listsGroupsForAdministratorsOnly() {
    String prefix = newName();
    create(admin(), prefix + "-b", 2);
    create(admin(), prefix + "-a", 3);

    Response list =
        admin().get(PATH + "/?page_size=1&group_name=" + prefix.toUpperCase(Locale.ROOT));

    assertThat(list.jsonPath().getList("group_name")).containsExactly(prefix + "-b");
    assertThat(list.header("X-Total-Count")).isEqualTo("2");
    assertThat(list.header("Link")).contains("rel=\"next\"");
    assertThat(admin().get(PATH + "?ldap_group_dn=cn=nobody").asString()).isEqualTo("[]");
    assertThat(admin().get(PATH + "?page_size=101").statusCode()).isEqualTo(422);
    assertThat(anonymous().get(PATH).statusCode()).isEqualTo(401);
    assertThat(accounts.newcomer().request().get(PATH).statusCode()).isEqualTo(403);
  }

  @Test
  void findsTheShortestNameFirstForEverybodyWhoIsSignedIn() {
    String prefix = newName();
    create(admin(), prefix + "-long", 2);
    create(admin(), prefix, 2);

    Response found = accounts.newcomer().request().get(PATH + "/search?groupname=" + prefix);

    assertThat(found.jsonPath().getList("group_name")).containsExactly(prefix, prefix + "-long");
    assertThat(found.header("X-Total-Count")).isEqualTo("2");
    assertThat(anonymous().get(PATH + "/search?groupname=a").statusCode()).isEqualTo(401);
    assertThat(admin().get(PATH + "/search").statusCode()).isEqualTo(422);
    expectRefusal(
        admin().get(PATH + "/search?groupname="),
        400,
        "need to provide groupname to search user group");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "GET"})
  void refusesThoseWithoutTheRight(String method) {
    String path = method.equals("POST") ? PATH : PATH + "/" + newGroup();
    String body = "{'group_name':'x','group_type':2}";

    assertThat(json(anonymous(), body).request(method, path).statusCode()).isEqualTo(401);
    assertThat(json(accounts.newcomer().request(), body).request(method, path).statusCode())
        .isEqualTo(403);
  }

  @Test
  void putsPeopleIntoAGroupAndTakesThemOut() {
    String members = PATH + "/" + newGroup() + "/members";
    Accounts.Account one = accounts.newcomer();
    Accounts.Account other = accounts.newcomer();

    Response added = json(admin(), "{'user_id':%d}".formatted(one.id())).post(members);
    expectEmpty(added, 201);
    assertThat(added.header("Location")).isEqualTo(members + "/" + one.id());
    String byName = "{'username':'%s'}".formatted(other.name());
    assertThat(json(admin(), byName).post(members).statusCode()).isEqualTo(201);
    assertThat(json(admin(), byName).post(members).statusCode()).isEqualTo(409);

    Response list = admin().get(members + "?page_size=1");
    assertThat(list.header("X-Total-Count")).isEqualTo("2");
    assertThat(admin().get(members).jsonPath().getList("username"))
        .containsExactlyInAnyOrder(one.name(), other.name());
    expectEmpty(admin().delete(members + "/" + one.id()), 200);
    assertThat(admin().delete(members + "/" + one.id()).statusCode()).isEqualTo(404);
    assertThat(admin().get(members).jsonPath().getList("user_id"))
        .containsExactly((int) other.id());
  }

  @Test
  void refusesMembersThatDoNotExist() {
    String members = PATH + "/" + newGroup() + "/members";

    expectRefusal(
        json(admin(), "{'user_id':99999999}").post(members), 404, "user 99999999 not found");
    expectRefusal(
        json(admin(), "{'username':'nobody-at-all'}").post(members),
        404,
        "user nobody-at-all not found");
    assertThat(json(admin(), "{}").post(members).statusCode()).isEqualTo(422);
    assertThat(json(admin(), "{'user_id':1}").post(PATH + "/99999999/members").statusCode())
        .isEqualTo(404);
    assertThat(accounts.newcomer().request().get(members).statusCode()).isEqualTo(403);
  }

  private static long newGroup() {
    return idIn(create(admin(), newName(), 2));
  }

  private static Response create(RequestSpecification caller, String name, int type) {
    return json(caller, "{'group_name':'%s','group_type':%d}".formatted(name, type)).post(PATH);
  }

  private static String newName() {
    return "group-" + UUID.randomUUID();
  }
}
