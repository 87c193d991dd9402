package io.orlop.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the registry answered, its whole body included, and what a test may expect of it. */
public final class Answer {
  /** The codes of the specification's table: no error body may hold another one. */
  private static final Set<String> CODES =
      Set.of(
          "BLOB_UNKNOWN",
          "BLOB_UPLOAD_INVALID",
          "BLOB_UPLOAD_UNKNOWN",
          "DIGEST_INVALID",
          "MANIFEST_BLOB_UNKNOWN",
          "MANIFEST_INVALID",
          "MANIFEST_UNKNOWN",
          "NAME_INVALID",
          "NAME_UNKNOWN",
          "SIZE_INVALID",
          "UNAUTHORIZED",
          "DENIED",
          "UNSUPPORTED",
          "TOOMANYREQUESTS");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpResponse<byte[]> response;

  Answer(HttpResponse<byte[]> response) {
    this.response = response;
  }

  /** Returns the status code. */
  public int status() {
    return response.statusCode();
  }

  /** Returns the first header of a name. */
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** Returns all headers of a name. */
  public List<String> headers(String name) {
    return response.headers().allValues(name);
  }

  /** Returns the body. */
  public byte[] bytes() {
    return response.body();
  }

  /** Returns the body as text. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Returns the body as JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Not JSON: " + this, e);
    }
  }

  /** Returns the texts of a JSON array of the body. */
  public List<String> texts(String member) {
    List<String> texts = new ArrayList<>();
    json().path(member).forEach(element -> texts.add(element.asText()));
    return texts;
  }

  /** Returns where the one {@code Location} header points to, as a client resolves it. */
  public URI location() {
    assertThat(headers("Location")).as("Location of %s", this).hasSize(1);
    return response.uri().resolve(headers("Location").getFirst());
  }

  /** Returns where the {@code Link} header with {@code rel="next"} points to, if there is one. */
  public Optional<URI> next() {
    return header("Link")
        .map(link -> {
          assertThat(link).matches("<[^>]+>; rel=\"next\"");
          return response.uri().resolve(link.substring(1, link.indexOf('>')));
        });
  }

  /** Expects a status. */
  public Answer expect(int status) {
    assertThat(status()).as("status of %s", this).isEqualTo(status);
    return this;
  }

  /** Expects exactly one header of a name, with this value. */
  public Answer expectHeader(String name, Object value) {
    assertThat(headers(name)).as("%s of %s", name, this).containsExactly(value.toString());
    return this;
  }

  /** Expects a status, and the specification's error body with these codes. */
  public Answer expectError(int status, String... codes) {
    expect(status).expectErrorBody();
    List<String> found = new ArrayList<>();
    json().path("errors").forEach(error -> found.add(error.path("code").asText()));
    assertThat(found).as("codes of %s", this).containsExactly(codes);
    return this;
  }

  /** Expects the specification's error body, whatever it says. */
  public Answer expectErrorBody() {
    assertThat(header("Content-Type")).as("type of %s", this).hasValue("application/json");
    JsonNode errors = json().path("errors");
    assertThat(errors.isArray() && !errors.isEmpty()).as("errors of %s", this).isTrue();
    for (JsonNode error : errors) {
      assertThat(CODES).as("codes of the specification").contains(error.path("code").asText());
      assertThat(error.path("message").asText()).as("message of %s", this).isNotBlank();
    }
    return this;
  }

  /** Shows enough to understand a failed test. */
  @Override
  public String toString() {
    String text = text();
    return response.request().method()
        + " "
        + response.uri()
        + " -> "
        + status()
        + " "
        + response.headers().map()
        + " "
        + text.substring(0, Math.min(text.length(), 500));
  }
}
