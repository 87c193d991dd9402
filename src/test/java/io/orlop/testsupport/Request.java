package io.orlop.testsupport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A request in the making. */
public final class Request {
  private final HttpClient http;
  private final String method;
  private final HttpRequest.Builder builder;
  private BodyPublisher body = BodyPublishers.noBody();

  Request(HttpClient http, String method, URI uri) {
    this.http = http;
    this.method = method;
    this.builder = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1));
  }

  /** Adds a header. */
  public Request header(String name, String value) {
    builder.header(name, value);
    return this;
  }

  /** Sets the body, sent with its length. */
  public Request body(byte[] bytes) {
    body = BodyPublishers.ofByteArray(bytes);
    return this;
  }

  /** Sets the body, sent in HTTP chunks without saying its length, as Docker does. */
  public Request streamed(byte[] bytes) {
    body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    return this;
  }

  /** Sends the request and waits for the whole answer. */
  public Answer send() {
    try {
      return new Answer(
          http.send(builder.method(method, body).build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
