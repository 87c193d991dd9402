package io.orlop.bench;

import io.orlop.testsupport.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orlop as {@code ./orlop run} starts it, with nothing set but port, folder and password. */
final class Orlop extends Server {
  static final String PASSWORD = "Orlop-bench-1";
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
  private static final List<String> DURABILITY =
      List.of("fsync", "synchronous_commit", "full_page_writes");
  private static final int PORT_LINE = 3;

  private final Path home;
  private final int tlsPort;
  private final Map<String, String> more;

  Orlop(Path folder, Path home) throws IOException {
    this(folder, home, 0, Map.of());
  }

  private Orlop(Path folder, Path home, int tlsPort, Map<String, String> more) throws IOException {
    super("Orlop", folder);
    this.home = home;
    this.tlsPort = tlsPort;
    this.more = more;
  }

  /** One that serves HTTPS too. */
  static Orlop withTls(Path folder, Path home, Certificate certificate) throws IOException {
    int port = FreePort.find();
    return new Orlop(
        folder,
        home,
        port,
        Map.of(
            "ORLOP_TLS_CERTIFICATE",
            certificate.file().toString(),
            "ORLOP_TLS_KEY",
            certificate.key().toString(),
            "ORLOP_TLS_PORT",
            "" + port,
            // The other one has the port of the default.
            "ORLOP_METRICS_PORT",
            "0"));
  }

  @Override
  int tlsPort() {
    return tlsPort;
  }

  @Override
  List<String> command() {
    return List.of(
        home.resolve("orlop").toString(),
        "run",
        "--port",
        "" + port(),
        "--data",
        folder() + "/data");
  }

  @Override
  Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    System.getenv().keySet().stream()
        .filter(name -> name.startsWith("ORLOP_") || name.startsWith("QUARKUS_"))
        .forEach(name -> variables.put(name, ""));
    variables.put("JAVA_OPTS", "");
    variables.put("ORLOP_ADMIN_PASSWORD", PASSWORD);
    variables.putAll(more);
    return variables;
  }

  @Override
  String healthPath() {
    return "/api/v2.0/ping";
  }

  @Override
  boolean hasTokens() {
    return true;
  }

  @Override
  synchronized List<Long> roots() throws IOException {
    List<Long> all = new ArrayList<>(super.roots());
    if (Files.exists(postmasterFile())) {
      all.add(Long.parseLong(postmaster().getFirst().strip()));
    }
    return all;
  }

  @Override
  String version() throws IOException, InterruptedException {
    String commit = Shell.output("git", "-C", home.toString(), "rev-parse", "--short", "HEAD");
    try (Connection database = database();
        Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery("SHOW server_version")) {
      row.next();
      return "commit " + commit + ", PostgreSQL " + row.getString(1);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  String durability() throws IOException {
    List<String> settings = new ArrayList<>();
    try (Connection database = database();
        Statement statement = database.createStatement()) {
      for (String setting : DURABILITY) {
        try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
          row.next();
          settings.add(setting + "=" + row.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return "file and folder synced, then committed; the database reports "
        + String.join(", ", settings);
  }

  /** The Basic credentials of the administrator. */
  static String basic() {
    return basic("admin");
  }

  /** The Basic credentials of somebody, all of whom have one password. */
  static String basic(String name) {
    byte[] pair = (name + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  String authorization(String repository, String actions) throws IOException {
    try (io.orlop.bench.Connection connection = io.orlop.bench.Connection.to(port(), basic())) {
      var head = connection.send("GET", tokenPath(repository, actions));
      Matcher token = TOKEN.matcher(connection.text(head));
      if (head.status() != 200 || !token.find()) {
        throw new IOException("No token: status " + head.status());
      }
      return "Bearer " + token.group(1);
    }
  }

  static String tokenPath(String repository, String actions) {
    return "/service/token?service=harbor-registry&scope=repository:" + repository + ":" + actions;
  }

  @Override
  Path blobs() {
    return folder().resolve("data").resolve("blobs");
  }

  @Override
  void seedTags(String repository, int count) throws IOException {
    Seeds.pushImage(this, repository, "t000000");
    String sql =
        """
        INSERT INTO tag (repository_id, name, artifact_id)
        SELECT r.id, 't' || lpad(n::text, 6, '0'), a.id
        FROM repository r JOIN artifact a ON a.repository_id = r.id, generate_series(1, ?) n
        WHERE r.name = ?
        """;
    try (Connection database = database();
        PreparedStatement insert = database.prepareStatement(sql)) {
      insert.setInt(1, count - 1);
      insert.setString(2, repository);
      int made = insert.executeUpdate();
      if (made != count - 1) {
        throw new IOException(made + " tags were made instead of " + (count - 1));
      }
      database.createStatement().execute("ANALYZE tag");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private Connection database() throws IOException, SQLException {
    return database("orlop");
  }

  /** Connects to its database as one of its two roles, which have one password. */
  Connection database(String role) throws IOException, SQLException {
    String password = Files.readString(postgres().resolve("password")).strip();
    String port = postmaster().get(PORT_LINE).strip();
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/orlop?sslmode=disable";
    return DriverManager.getConnection(url, role, password);
  }

  private List<String> postmaster() throws IOException {
    return Files.readAllLines(postmasterFile());
  }

  private Path postmasterFile() {
    return postgres().resolve("18").resolve("postmaster.pid");
  }

  private Path postgres() {
    return folder().resolve("data").resolve("postgres");
  }
}
