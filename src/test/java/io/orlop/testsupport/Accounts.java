package io.orlop.testsupport;

import static io.restassured.RestAssured.given;

import io.orlop.identity.UserService;
import io.orlop.testsupport.contract.AnswerCheck;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** People who make requests in {@code @QuarkusTest}s, with real credentials. */
@ApplicationScoped
public class Accounts {
  private static final String PASSWORD = "A-good-password-1";

  private static final AnswerCheck CHECK = new AnswerCheck();

  private final UserService users;

  Accounts(UserService users) {
    this.users = users;
  }

  /** An account. */
  public record Account(long id, String name) {
    /** Begins a request of this account. */
    public RequestSpecification request() {
      return given().filter(CHECK).auth().preemptive().basic(name, PASSWORD);
    }
  }

  /** Makes an account that may do nothing in particular. */
  public Account newcomer() {
    String name = "user-" + UUID.randomUUID();
    return new Account(users.create(name, PASSWORD, false), name);
  }

  /** Begins a request of the system administrator. */
  public static RequestSpecification admin() {
    return given()
        .filter(CHECK)
        .auth()
        .preemptive()
        .basic("admin", EmbeddedDatabase.ADMIN_PASSWORD);
  }

  /** Begins a request without credentials. */
  public static RequestSpecification anonymous() {
    return given().filter(CHECK);
  }
}
