package io.orlop.registry.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.access.Role;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ways to ask for a token, and what is granted. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class TokenServiceTest {
  @Inject TestRegistry registry;
  private NewProject project;
  private Account developer;

  @BeforeEach
  void openProject() {
    project = registry.newPrivateProject();
    developer = registry.newMember(project, Role.DEVELOPER);
  }

  private String scope(String repository, String actions) {
    return "repository:" + project.name() + "/" + repository + ":" + actions;
  }

  private Answer post(Map<String, String> form) {
    return post("/service/token", form);
  }

  private Answer revoke(String token) {
    return post("/service/token/revoke", Map.of("token", token));
  }

  private Answer post(String path, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return registry
        .anonymous()
        .request("POST", path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body.getBytes(StandardCharsets.US_ASCII))
        .send();
  }

  private Map<String, String> password(Account account, String scope) {
    return Map.of(
        "grant_type", "password",
        "service", "harbor-registry",
        "client_id", "docker",
        "access_type", "offline",
        "username", account.name(),
        "password", account.password(),
        "scope", scope);
  }

  private String granted(RegistryClient client, String... scopes) {
    return client.askToken(scopes).expect(200).json().path("scope").asText();
  }

  @Nested
  class ByGet {

    @Test
    void answersInTheFormsOfAllClients() {
      JsonNode answer = registry.as(developer).askToken(scope("app", "pull")).expect(200).json();
      assertThat(answer.path("token").asText())
          .isNotEmpty()
          .isEqualTo(answer.path("access_token").asText());
      assertThat(answer.path("expires_in").asInt()).isGreaterThanOrEqualTo(60);
      assertThat(answer.path("issued_at").asText()).endsWith("Z");
      assertThat(Instant.parse(answer.path("issued_at").asText())).isBeforeOrEqualTo(Instant.now());
      assertThat(answer.has("refresh_token")).isFalse();
    }

    @Test
    void grantsWhatWasAskedAndIsAllowed() {
      assertThat(granted(registry.as(developer), scope("app", "pull,push,delete")))
          .isEqualTo(scope("app", "pull,push"));
      assertThat(granted(registry.as(developer), scope("app", "pull")))
          .isEqualTo(scope("app", "pull"));
      assertThat(granted(registry.as(developer), scope("app", "*")))
          .isEqualTo(scope("app", "pull,push"));
    }

    @ParameterizedTest
    @CsvSource({
      "PROJECT_ADMIN, 'pull,push,delete'",
      "MAINTAINER, 'pull,push,delete'",
      "DEVELOPER, 'pull,push'",
      "GUEST, pull",
      "LIMITED_GUEST, pull",
    })
    void grantsByRole(Role role, String actions) {
      Account member = registry.newMember(project, role);
      assertThat(granted(registry.as(member), scope("app", "pull,push,delete")))
          .isEqualTo(scope("app", actions));
    }

    @Test
    void takesScopesRepeatedOrJoinedBySpaces() {
      String both = scope("a", "pull") + " " + scope("b", "pull,push");
      assertThat(granted(registry.as(developer), scope("a", "pull"), scope("b", "pull,push")))
          .isEqualTo(both);
      assertThat(granted(registry.as(developer), both)).isEqualTo(both);
      assertThat(granted(registry.as(developer), scope("a", "pull"), scope("a", "push")))
          .isEqualTo(scope("a", "pull,push"));
    }

    @Test
    void grantsAnonymousThePublicPartAndNoError() {
      NewProject open = registry.newPublicProject();
      String asked = "repository:" + open.name() + "/app:pull,push";
      assertThat(granted(registry.anonymous(), asked, scope("app", "pull")))
          .isEqualTo("repository:" + open.name() + "/app:pull");
    }

    @Test
    void grantsOutsidersNothingAndNoError() {
      Account outsider = registry.newUser();
      assertThat(granted(registry.as(outsider), scope("app", "pull"))).isEmpty();
      assertThat(granted(registry.as(outsider), "repository:no-such-project/app:pull")).isEmpty();
      assertThat(granted(registry.as(outsider))).isEmpty();
    }

    @Test
    void grantsTheCatalogToAdministratorsAlone() {
      assertThat(granted(registry.as(registry.administrator()), "registry:catalog:*"))
          .isEqualTo("registry:catalog:*");
      assertThat(granted(registry.as(developer), "registry:catalog:*")).isEmpty();
      assertThat(granted(registry.anonymous(), "registry:catalog:*")).isEmpty();
    }

    @Test
    void refusesWrongPassword() {
      Account wrong = new Account(developer.id(), developer.name(), "wrong");
      registry.as(wrong).askToken(scope("app", "pull")).expectError(401, "UNAUTHORIZED");
      Account nobody = new Account(0, registry.newName("nobody"), "wrong");
      Answer answer = registry.as(nobody).askToken().expectError(401, "UNAUTHORIZED");
      assertThat(answer.text()).isEqualTo(registry.as(wrong).askToken().text());
    }

    @Test
    void knowsOneServiceWhichNeedNotBeNamed() {
      registry.as(developer).get("/service/token").expect(200);
      registry
          .as(developer)
          .get("/service/token?service=harbor-registry&account=" + developer.name())
          .expect(200);
      registry.as(developer).get("/service/token?service=another").expectError(400, "UNSUPPORTED");
    }
  }

  @Nested
  class ByPost {

    @Test
    void givesATokenForAPassword() {
      JsonNode answer =
          post(password(developer, scope("app", "pull") + " " + scope("lib", "push")))
              .expect(200)
              .json();
      assertThat(answer.path("scope").asText())
          .isEqualTo(scope("app", "pull") + " " + scope("lib", "push"));
      registry
          .anonymous()
          .bearer(answer.path("access_token").asText())
          .repository(project.name() + "/lib")
          .beginUpload("")
          .expect(202);
    }

    @Test
    void refusesWrongPassword() {
      post(password(new Account(0, developer.name(), "wrong"), ""))
          .expectError(401, "UNAUTHORIZED");
    }

    @Test
    void refusesAnotherService() {
      post(Map.of("grant_type", "password", "username", "a", "password", "b", "service", "another"))
          .expectError(400, "UNSUPPORTED");
    }
  }

  @Nested
  class ByRefreshToken {

    private String refreshToken() {
      return post(password(developer, "")).expect(200).json().path("refresh_token").asText();
    }

    private Answer redeem(String token) {
      return post(
          Map.of(
              "grant_type", "refresh_token",
              "service", "harbor-registry",
              "client_id", "docker",
              "refresh_token", token,
              "scope", scope("app", "pull,push")));
    }

    @Test
    void givesTokensAgainAndAgain() {
      String refresh = refreshToken();
      for (int i = 0; i < 2; i++) {
        JsonNode answer = redeem(refresh).expect(200).json();
        assertThat(answer.path("scope").asText()).isEqualTo(scope("app", "pull,push"));
        assertThat(answer.path("access_token").asText()).isNotEmpty();
      }
    }

    @Test
    void isGivenByGetToWhoeverSignsInAndAsksForIt() {
      String query = "?offline_token=true&client_id=docker&service=harbor-registry";
      String refresh =
          registry
              .as(developer)
              .get("/service/token" + query)
              .expect(200)
              .json()
              .path("refresh_token")
              .asText();
      redeem(refresh).expect(200);
      assertThat(
              registry
                  .anonymous()
                  .get("/service/token" + query)
                  .expect(200)
                  .json()
                  .has("refresh_token"))
          .isFalse();
    }

    @Test
    void diesWithThePassword() {
      String refresh = refreshToken();
      developer = registry.changePassword(developer);
      redeem(refresh).expectError(401, "UNAUTHORIZED");
      redeem(refreshToken()).expect(200);
    }

    @Test
    void diesWhenItIsRevoked() {
      String refresh = refreshToken();
      String other = refreshToken();
      revoke(refresh).expect(200);
      revoke(refresh).expect(200);
      redeem(refresh).expectError(401, "UNAUTHORIZED");
      redeem(other).expect(200);
    }

    @Test
    void carriesTheRightsOfNow() {
      String refresh = refreshToken();
      registry.expel(project, developer);
      assertThat(redeem(refresh).expect(200).json().path("scope").asText()).isEmpty();
    }

    @Test
    void isNoRegistryToken() {
      registry.anonymous().bearer(refreshToken()).get("/v2/").expectError(401, "UNAUTHORIZED");
    }
  }
}
