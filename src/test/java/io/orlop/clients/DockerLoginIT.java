package io.orlop.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.system.tls.SelfSigned;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.FreePort;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.clients.Client;
import io.orlop.testsupport.clients.ClientTool;
import io.orlop.testsupport.clients.DockerDaemon;
import io.orlop.testsupport.clients.Endings;
import io.orlop.testsupport.clients.Folders;
import io.orlop.testsupport.clients.TestImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docker login} as CI does it, over TLS, and pulls with what it has stored. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerLoginIT {
  private static final String HOST = "registry.test";
  private static final String PASSWORD = "Passw0rd-1";

  /** What keeps credentials for Docker in place of its configuration file, here in a file again. */
  private static final String HELPER =
      """
      #!/bin/sh
      kept="$HOME/kept.json"
      case "$1" in
        store) cat > "$kept" ;;
        erase) cat > /dev/null; rm -f "$kept" ;;
        list) echo '{}' ;;
        get)
          server=$(cat)
          if grep -qF "\\"ServerURL\\":\\"$server\\"" "$kept" 2> /dev/null; then
            cat "$kept"
          else
            echo 'credentials not found in native keychain'
            exit 1
          fi ;;
      esac
      """;

  /** Who logs in. */
  enum Caller {
    USER,
    ROBOT,
    PERSONAL_TOKEN
  }

  private record Credentials(String name, String password) {}

  private final Path data = OrlopServer.newData();
  private final Path folder = data.resolve("clients");
  private final Endings endings = new Endings();
  private final OrlopServer server = OrlopServer.on(data);
  private int port;
  private DockerDaemon daemon;
  private Map<Caller, Credentials> callers = Map.of();
  private String image = "";

  @BeforeAll
  void start() throws IOException {
    ClientTool.requireRoot();
    Files.createDirectories(folder);
    port = FreePort.find();
    SelfSigned.Written files =
        SelfSigned.write(folder.resolve("certificates"), List.of(HOST, "127.0.0.1"));
    endings.push(server::close);
    endings.push(() -> Folders.delete(folder));
    server
        .with("ORLOP_TLS_CERTIFICATE", files.certificate().toString())
        .with("ORLOP_TLS_KEY", files.key().toString())
        .with("ORLOP_TLS_PORT", Integer.toString(port))
        .launch();
    daemon =
        DockerDaemon.start(
            List.of(),
            "127.0.0.1 localhost " + HOST + "\n",
            Map.of(
                "certs.d/" + registry() + "/ca.crt", Files.readString(files.authority(), UTF_8)));
    endings.push(daemon::close);
    callers = callers();
    image = registry() + "/ci/app:1";
    push();
  }

  @AfterAll
  void end() {
    endings.close();
  }

  static Stream<String> addresses() {
    return Stream.of("%s", "https://%s", "https://%s/v2/");
  }

  @ParameterizedTest
  @EnumSource(Caller.class)
  void pullsWithWhatIsInTheConfiguration(Caller caller) throws IOException {
    for (String address : addresses().toList()) {
      Path home = newHome();
      Client docker = daemon.client(home);

      login(docker, caller, address);

      assertThat(configuration(home).path("auths").path(registry()).path("auth").asText())
          .isNotEmpty();
      pull(docker);
    }
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void pullsWithWhatACredentialHelperKeeps(String address) throws IOException {
    for (Caller caller : Caller.values()) {
      Path home = newHome();
      Files.createDirectories(home.resolve(".docker"));
      Files.writeString(home.resolve(".docker/config.json"), "{\"credsStore\":\"kept\"}");
      Client docker = daemon.client(home).withEnvironment("PATH", pathWithHelper());

      login(docker, caller, address);

      assertThat(configuration(home).path("auths").path(registry()).has("auth")).isFalse();
      // For a password Docker keeps a refresh token in its place.
      assertThat(home.resolve("kept.json")).content().contains(registry(), "\"Secret\"");
      pull(docker);
      docker.succeeds("logout", registry());
      docker.fails("pull", image);
    }
  }

  @ParameterizedTest
  @EnumSource(Caller.class)
  void refusesAnotherPassword(Caller caller) throws IOException {
    Client docker = daemon.client(newHome());
    String name = credentials(caller).name();

    assertThat(
            docker
                .failsWith("Wr0ng", "login", "-u", name, "--password-stdin", registry())
                .everything())
        .containsIgnoringCase("unauthorized");
    docker.fails("pull", image);
  }

  @Test
  void podmanPullsWithARobotsSecretToo() throws IOException {
    Path certificates = Files.createDirectories(folder.resolve("podman-certificates"));
    Files.copy(folder.resolve("certificates").resolve("ca.crt"), certificates.resolve("ca.crt"));
    // Short, since podman's folder of what runs has an upper limit of 50 characters.
    Path home = Files.createTempDirectory("orlop-");
    endings.push(() -> Folders.delete(home));
    Client podman =
        Client.required("podman", home)
            .with("--root", home.resolve("root").toString())
            .with("--runroot", home.resolve("run").toString())
            .with("--tmpdir", home.resolve("tmp").toString())
            .with("--storage-driver", "vfs")
            .with("--cgroup-manager", "cgroupfs")
            .with("--events-backend", "none");
    Credentials robot = credentials(Caller.ROBOT);
    String here = "127.0.0.1:" + port;
    String[] trust = {"--authfile", home.resolve("auth.json").toString()};
    podman.succeedsWith(
        robot.password(),
        "login",
        trust[0],
        trust[1],
        "--cert-dir",
        certificates.toString(),
        "-u",
        robot.name(),
        "--password-stdin",
        "https://" + here);

    podman.succeeds(
        "pull", trust[0], trust[1], "--cert-dir", certificates.toString(), here + "/ci/app:1");
  }

  private void login(Client docker, Caller caller, String address) {
    Credentials credentials = credentials(caller);
    assertThat(
            docker
                .succeedsWith(
                    credentials.password() + "\n",
                    "login",
                    "--username",
                    credentials.name(),
                    "--password-stdin",
                    address.formatted(registry()))
                .stdout())
        .contains("Login Succeeded");
  }

  private void pull(Client docker) {
    docker.succeeds("pull", "--quiet", image);
    docker.succeeds("rmi", image);
  }

  private void push() throws IOException {
    Client docker = daemon.client(newHome());
    docker.succeedsWith(
        server.adminPassword(), "login", "-u", "admin", "--password-stdin", registry());
    Path archive = TestImage.random(1).writeArchive(folder.resolve("image.tar"), image);
    docker.succeeds("load", "--input", archive.toString());
    docker.succeeds("push", "--quiet", image);
    docker.succeeds("rmi", image);
  }

  private Map<Caller, Credentials> callers() {
    RegistryClient admin = server.administrator();
    post(admin, "/projects", "{\"project_name\":\"ci\"}");
    post(
        admin,
        "/users",
        "{\"username\":\"dora\",\"email\":\"dora@example.com\",\"realname\":\"R\",\"password\":\"%s\"}"
            .formatted(PASSWORD));
    post(admin, "/projects/ci/members", "{\"role_id\":3,\"member_user\":{\"username\":\"dora\"}}");
    JsonNode robot =
        post(
            admin,
            "/robots",
            """
            {"name":"runner","level":"project","duration":1,"permissions":[{"kind":"project",
              "namespace":"ci","access":[{"resource":"repository","action":"pull"}]}]}
            """);
    JsonNode token =
        post(
            RegistryClient.of(URI.create(server.url()), "dora", PASSWORD),
            "/users/current/tokens",
            "{\"name\":\"ci\",\"scope\":{\"level\":\"read\"}}");
    assertThat(robot.path("name").asText()).isEqualTo("robot$ci+runner");
    return Map.of(
        Caller.USER, new Credentials("dora", PASSWORD),
        Caller.ROBOT, new Credentials("robot$ci+runner", robot.path("secret").asText()),
        Caller.PERSONAL_TOKEN, new Credentials("dora", token.path("token").asText()));
  }

  private static JsonNode post(RegistryClient client, String path, String json) {
    Answer answer =
        client
            .request("POST", "/api/v2.0" + path)
            .header("Content-Type", "application/json")
            .body(json.getBytes(UTF_8))
            .send()
            .expect(201);
    return answer.json();
  }

  private Credentials credentials(Caller caller) {
    return callers.getOrDefault(caller, new Credentials("", ""));
  }

  private String registry() {
    return HOST + ":" + port;
  }

  private Path newHome() throws IOException {
    return Files.createTempDirectory(folder, "home");
  }

  private static JsonNode configuration(Path home) throws IOException {
    return new com.fasterxml.jackson.databind.ObjectMapper()
        .readTree(home.resolve(".docker/config.json").toFile());
  }

  private String pathWithHelper() throws IOException {
    Path helper = folder.resolve("docker-credential-kept");
    Files.writeString(helper, HELPER);
    Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder + ":/usr/local/bin:/usr/bin:/bin";
  }
}
