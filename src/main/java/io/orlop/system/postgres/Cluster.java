package io.orlop.system.postgres;

import io.orlop.platform.file.DurableFile;
import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The database's files: {@code 18} with PostgreSQL's data, and {@code password}. Made whole or not
 * at all: what counts is only what has its final name.
 */
final class Cluster {
  /** The role that owns everything in PostgreSQL; Orlop itself connects as {@link #ROLE}. */
  static final String SUPERUSER = "postgres";

  /** The role that Orlop connects as, and the name of its database. */
  static final String ROLE = "orlop";

  private static final Logger LOG = Logger.getLogger(Cluster.class);

  private static final String UNFINISHED = PostgresBinaries.MAJOR + ".part-";

  private final Path folder;
  private final Path binaries;
  private final Account account;

  Cluster(Path folder, Path binaries, Account account) {
    this.folder = folder;
    this.binaries = binaries;
    this.account = account;
  }

  /** Returns the folder with PostgreSQL's data. */
  Path data() {
    return folder.resolve(PostgresBinaries.MAJOR);
  }

  /**
   * Makes the database if there is none.
   *
   * @return the password of both roles
   */
  String prepare() throws IOException {
    Path passwordFile = folder.resolve("password");
    if (Files.exists(data())) {
      checkVersion();
      if (!Files.exists(passwordFile)) {
        throw new StartRefusedException(
            "The database in "
                + data()
                + " is there but its password file is not: restore "
                + passwordFile
                + " from a backup.");
      }
      return Files.readString(passwordFile);
    }
    refuseOtherVersions();
    if (!Files.exists(passwordFile)) {
      DurableFile.writeSecret(passwordFile, randomPassword());
    }
    account.own(passwordFile);
    String password = Files.readString(passwordFile);
    initialise(passwordFile, password);
    return password;
  }

  private void initialise(Path passwordFile, String password) throws IOException {
    LOG.info("Making the embedded database");
    deleteUnfinished();
    Path unfinished = Files.createTempDirectory(folder, UNFINISHED);
    account.own(unfinished);
    run(
        "",
        List.of(
            program("initdb"),
            "--pgdata=" + unfinished.getFileName(),
            "--username=" + SUPERUSER,
            "--pwfile=" + passwordFile.getFileName(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8"));
    run(
        "CREATE ROLE %s LOGIN PASSWORD '%s'\n".formatted(ROLE, password)
            + "CREATE DATABASE %s OWNER %s\n".formatted(ROLE, ROLE),
        List.of(
            program("postgres"), "--single", "-D", unfinished.getFileName().toString(), SUPERUSER));
    DurableFile.rename(unfinished, data());
  }

  private void deleteUnfinished() throws IOException {
    try (var children = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
      for (Path child : children) {
        Folders.delete(child);
      }
    }
  }

  private void run(String input, List<String> words) {
    var outcome = new Command(folder).reading(input).run(account.command(words));
    if (!outcome.succeeded() || outcome.output().contains("ERROR:")) {
      throw new StartRefusedException(
          "Cannot make the embedded database in " + folder + ":\n" + outcome.output().strip());
    }
  }

  private String program(String name) {
    return binaries.resolve("bin").resolve(name).toString();
  }

  private void checkVersion() throws IOException {
    Path versionFile = data().resolve("PG_VERSION");
    String version = Files.exists(versionFile) ? Files.readString(versionFile).strip() : "unknown";
    if (!version.equals(PostgresBinaries.MAJOR)) {
      throw wrongVersion(data(), version);
    }
  }

  private void refuseOtherVersions() throws IOException {
    try (var children = Files.newDirectoryStream(folder, "[0-9][0-9]")) {
      for (Path child : children) {
        throw wrongVersion(child, child.getFileName().toString());
      }
    }
  }

  private static StartRefusedException wrongVersion(Path data, String version) {
    return new StartRefusedException(
        "%s is a database of PostgreSQL %s, and this Orlop brings PostgreSQL %s: start it with the"
                .formatted(data, version, PostgresBinaries.MAJOR)
            + " Orlop that made it, export the database there and import it here.");
  }

  private static String randomPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
