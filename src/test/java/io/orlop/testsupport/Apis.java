package io.orlop.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Requests to the API, as tests over HTTP make them. */
public final class Apis {
  private Apis() {}

  /** Begins a request with a JSON body; quotes are written as {@code '}. */
  public static RequestSpecification json(RequestSpecification caller, String body) {
    return caller.contentType(ContentType.JSON).body(body.replace('\'', '"'));
  }

  /** Returns what a refusal says. */
  public static String message(Response answer) {
    return answer.jsonPath().getString("errors[0].message");
  }

  /** Returns the id at the end of where a new thing is. */
  public static long idIn(Response created) {
    assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
    String location = created.header("Location");
    return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
  }

  /** Expects an answer without a body, which must not call itself JSON. */
  public static void expectEmpty(Response answer, int status) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.asString()).isEmpty();
    assertThat(answer.header("Content-Type")).isNull();
  }

  /** Expects a refusal. */
  public static void expectRefusal(Response answer, int status, String message) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(message(answer)).isEqualTo(message);
  }
}
