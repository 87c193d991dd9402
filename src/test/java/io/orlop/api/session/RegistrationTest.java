package io.orlop.api.session;

import static io.orlop.testsupport.Accounts.admin;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strangers who make accounts, from an address that no other test uses. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RegistrationTest {
  /** What an address may try in an hour where nobody has set anything else. */
  private static final int PER_ADDRESS = 10;

  @Inject TestRegistry registry;

  @BeforeEach
  void allowIt() {
    Api.put(admin(), "/configurations", Map.of("self_registration", true)).then().statusCode(200);
  }

  @AfterEach
  void forbidIt() {
    Api.put(admin(), "/configurations", Map.of("self_registration", false)).then().statusCode(200);
  }

  @Test
  void anAddressMakesTenAccountsAnHourAndOthersGoOn() throws Exception {
    try (HttpClient here = from("127.0.0.77");
        HttpClient elsewhere = from("127.0.0.78")) {
      String taken = Api.newName("self");
      assertThat(register(here, taken).statusCode()).isEqualTo(201);
      assertThat(register(here, taken).statusCode()).isEqualTo(409);
      for (int i = 2; i < PER_ADDRESS; i++) {
        assertThat(register(here, Api.newName("self")).statusCode()).isEqualTo(201);
      }

      String refused = Api.newName("self");
      HttpResponse<String> answer = register(here, refused);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
      assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
      assertThat(admin().get("/api/v2.0/users?username=" + refused).jsonPath().getList(""))
          .isEmpty();
      assertThat(register(elsewhere, refused).statusCode()).isEqualTo(201);
      Api.post(
              admin(),
              "/users",
              Map.of(
                  "username",
                  Api.newName("by-admin"),
                  "email",
                  Api.newName("a") + "@example.com",
                  "realname",
                  "R",
                  "password",
                  "Passw0rd-1"))
          .then()
          .statusCode(201);
    }
  }

  private static HttpClient from(String address) throws IOException {
    return HttpClient.newBuilder().localAddress(InetAddress.getByName(address)).build();
  }

  /** Registers as a browser does, whose first request brings it a token. */
  private HttpResponse<String> register(HttpClient client, String name)
      throws IOException, InterruptedException {
    HttpResponse<String> first = send(client, name, "sid=visitor", "none");
    assertThat(first.statusCode()).isEqualTo(403);
    String cookie = first.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    String token = first.headers().firstValue("X-Harbor-CSRF-Token").orElseThrow();
    return send(client, name, "sid=visitor; " + cookie, token);
  }

  private HttpResponse<String> send(HttpClient client, String name, String cookies, String token)
      throws IOException, InterruptedException {
    String body =
        "{\"username\":\"%s\",\"email\":\"%s@example.com\",\"realname\":\"R\",\"password\":\"Passw0rd-1\"}"
            .formatted(name, name);
    return client.send(
        HttpRequest.newBuilder(registry.url().resolve("/api/v2.0/users"))
            .header("Content-Type", "application/json")
            .header("Cookie", cookies)
            .header("X-Harbor-CSRF-Token", token)
            .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
            .build(),
        BodyHandlers.ofString());
  }
}
