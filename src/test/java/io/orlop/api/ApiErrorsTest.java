package io.orlop.api;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ApiErrorsTest {
  private static final int MEBIBYTE = 1024 * 1024;

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v2.0/registries,   501, NOT_IMPLEMENTED",
    "GET,    /api/v2.0/schedules/,   501, NOT_IMPLEMENTED",
    "PUT,    /api/v2.0/scanners/x,   501, NOT_IMPLEMENTED",
    "POST,   /api/v2.0/projects/p/repositories/a%252Fb/artifacts/1/scan, 501, NOT_IMPLEMENTED",
    "PATCH,  /api/v2.0/labels,       405, METHOD_NOT_ALLOWED",
    "PATCH,  /api/v2.0/projects,     405, METHOD_NOT_ALLOWED",
    "POST,   /api/v2.0/health,       405, METHOD_NOT_ALLOWED",
    "GET,    /api/v2.0/nothing,      404, NOT_FOUND",
    "GET,    /api/nothing,           404, NOT_FOUND",
    "GET,    /api,                   404, NOT_FOUND",
  })
  void saysWhetherAPathIsUnknownOrNotServedYet(
      String method, String path, int status, String code) {
    Response answer = anonymous().urlEncodingEnabled(false).request(method, path);

    assertError(answer, status, code);
  }

  @Test
  void writesErrorsAsHarborDoes() {
    Response answer = anonymous().get("/api/v2.0/systeminfo/volumes");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.contentType()).isEqualToIgnoringCase("application/json; charset=utf-8");
    assertThat(answer.asString())
        .isEqualTo("{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"unauthorized\"}]}\n");
    assertThat(answer.header("WWW-Authenticate")).isNull();
    assertThat(answer.header("X-Request-ID")).isNotBlank();
  }

  @Test
  void takesWrongCredentialsForNone() {
    var stranger = RestAssured.given().auth().preemptive().basic("admin", "wrong");
    assertThat(stranger.get("/api/v2.0/projects").statusCode()).isEqualTo(200);
    assertError(stranger.get("/api/v2.0/systeminfo/volumes"), 401, "UNAUTHORIZED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                    | 400 | BAD_REQUEST",
        "{\"project_name\":                   | 400 | BAD_REQUEST",
        "nonsense                             | 400 | BAD_REQUEST",
        "[]                                   | 400 | BAD_REQUEST",
        "\"text\"                             | 400 | BAD_REQUEST",
        "null                                 | 422 | UNPROCESSABLE_ENTITY",
        "{\"project_name\":5}                 | 422 | UNPROCESSABLE_ENTITY",
        "{\"project_name\":{}}                | 422 | UNPROCESSABLE_ENTITY",
        "{\"project_name\":\"x\",\"public\":\"true\"}   | 422 | UNPROCESSABLE_ENTITY",
        "{\"project_name\":\"x\",\"public\":1}          | 422 | UNPROCESSABLE_ENTITY",
        "{\"project_name\":\"x\",\"metadata\":[]}       | 422 | UNPROCESSABLE_ENTITY",
        "{\"project_name\":\"x\",\"metadata\":{\"public\":true}} | 422 | UNPROCESSABLE_ENTITY",
        "{\"project_name\":\"x\",\"registry_id\":\"1\"} | 422 | UNPROCESSABLE_ENTITY",
      })
  void refusesBodiesThatAreNotWhatTheContractSays(String body, int status, String code) {
    Response answer = admin().contentType(ContentType.JSON).body(body).post("/api/v2.0/projects");

    assertError(answer, status, code);
    assertThat(answer.asString()).doesNotContain("io.orlop", "java.");
  }

  @Test
  void namesTheMemberThatIsWrong() {
    Response answer =
        admin()
            .contentType(ContentType.JSON)
            .body("{\"metadata\":{\"public\":true}}")
            .post("/api/v2.0/projects");

    assertThat(answer.jsonPath().getString("errors[0].message"))
        .isEqualTo("metadata.public in body must be a string");
  }

  @Test
  void refusesNestingThatIsTooDeep() {
    Response answer =
        admin()
            .contentType(ContentType.JSON)
            .body("{\"x\":" + "[".repeat(3_000) + "]".repeat(3_000) + "}")
            .post("/api/v2.0/projects");

    assertError(answer, 400, "BAD_REQUEST");
  }

  @Test
  void refusesAnEmptyBody() {
    Response answer = admin().contentType(ContentType.JSON).post("/api/v2.0/projects");

    assertThat(answer.statusCode()).isIn(400, 422);
  }

  @Test
  void refusesOtherMediaTypes() {
    Response answer = admin().contentType(ContentType.XML).body("<x/>").post("/api/v2.0/projects");

    assertError(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void ignoresABodyWhereTheContractHasNone() {
    Response answer =
        anonymous().contentType(ContentType.JSON).body("null").get("/api/v2.0/projects");

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void refusesALargeBodyByItsLength() {
    Response answer =
        admin()
            .contentType(ContentType.JSON)
            .body(new byte[MEBIBYTE + 1])
            .post("/api/v2.0/projects");

    assertError(answer, 413, "REQUEST_ENTITY_TOO_LARGE");
  }

  @Test
  void takesABodyOfTheLargestSize() {
    String body = "{\"unknown\":\"" + "x".repeat(MEBIBYTE - 14) + "\"}";

    assertThat(body).hasSize(MEBIBYTE);
    assertError(
        admin().contentType(ContentType.JSON).body(body).post("/api/v2.0/projects"),
        400,
        "BAD_REQUEST");
  }

  @Test
  void refusesALargeBodyOfUnknownLength() throws IOException {
    String prefix = "{\"unknown\":\"";

    assertThat(postChunked(prefix, 2 * MEBIBYTE)).isEqualTo(413);
    assertThat(postChunked(prefix, 1000)).isEqualTo(400);
  }

  /** Sends a body in chunks, and returns the status. */
  private static int postChunked(String prefix, int size) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://localhost:" + RestAssured.port + "/api/v2.0/projects")
                .toURL()
                .openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setChunkedStreamingMode(8192);
    connection.setRequestProperty("Content-Type", "application/json");
    String credentials = "admin:" + EmbeddedDatabase.ADMIN_PASSWORD;
    connection.setRequestProperty(
        "Authorization",
        "Basic "
            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    try (OutputStream out = connection.getOutputStream()) {
      out.write(prefix.getBytes(StandardCharsets.UTF_8));
      byte[] padding = new byte[size];
      Arrays.fill(padding, (byte) 'x');
      out.write(padding);
      out.write("\"}".getBytes(StandardCharsets.UTF_8));
    }
    int status = connection.getResponseCode();
    try (InputStream error = connection.getErrorStream()) {
      assertThat(error.readAllBytes()).isNotEmpty();
    }
    return status;
  }

  private static void assertError(Response answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.jsonPath().getString("errors[0].code")).isEqualTo(code);
    assertThat(answer.jsonPath().getString("errors[0].message")).isNotBlank();
    assertThat(answer.jsonPath().getMap("errors[0]")).containsOnlyKeys("code", "message");
  }
}
