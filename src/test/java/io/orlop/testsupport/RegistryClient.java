package io.orlop.testsupport;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Talks to the registry as one caller. What it sends is what the test says: it follows no redirect,
 * asks for no token and hides no failure.
 */
public final class RegistryClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI registry;
  private final Optional<String> authorization;

  RegistryClient(URI registry, Optional<String> authorization) {
    this.registry = registry;
    this.authorization = authorization;
  }

  /** Returns a client of a registry that sends name and password with each request. */
  public static RegistryClient of(URI registry, String user, String password) {
    return new RegistryClient(registry, Optional.of(basic(user, password)));
  }

  /** Returns a client that does not say who it is. */
  public static RegistryClient anonymous(URI registry) {
    return new RegistryClient(registry, Optional.empty());
  }

  /** Returns a client that sends another {@code Authorization} header. */
  public RegistryClient authorization(String header) {
    return new RegistryClient(registry, Optional.of(header));
  }

  /** Returns the {@code Authorization} header that it sends. */
  public Optional<String> authorization() {
    return authorization;
  }

  /** Returns a client that sends a token. */
  public RegistryClient bearer(String token) {
    return authorization("Bearer " + token);
  }

  /** Returns the caller's view of a repository. */
  public RepositoryClient repository(String name) {
    return new RepositoryClient(this, name);
  }

  /** Begins a request to a path of the registry. */
  public Request request(String method, String path) {
    return request(method, registry.resolve(path));
  }

  /** Begins a request to an address that the registry gave. */
  public Request request(String method, URI uri) {
    Request request = new Request(HTTP, method, uri);
    authorization.ifPresent(header -> request.header("Authorization", header));
    return request;
  }

  /** Gets a path. */
  public Answer get(String path) {
    return request("GET", path).send();
  }

  /** Asks the token service by GET for one token with all these scopes. */
  public Answer askToken(String... scopes) {
    StringBuilder query = new StringBuilder("?service=harbor-registry");
    for (String scope : scopes) {
      query.append("&scope=").append(URLEncoder.encode(scope, StandardCharsets.UTF_8));
    }
    return get("/service/token" + query);
  }

  /** Returns a token with what is granted of these scopes. */
  public String token(String... scopes) {
    return askToken(scopes).expect(200).json().path("token").asText();
  }

  public static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
