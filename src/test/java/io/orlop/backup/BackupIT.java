package io.orlop.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.oci.Digest;
import io.orlop.platform.crypto.MasterKey;
import io.orlop.testsupport.ExternalPostgres;
import io.orlop.testsupport.OrlopCommand;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.objectstore.ObjectStore;
import io.orlop.testsupport.objectstore.S3ProxyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One registry is backed up while it is pushed to; each test makes of the backup what it wants. */
class BackupIT {
  private static final int IMAGES = 8;
  private static final String BUCKET = "orlop";
  private static final Path BACKUP = OrlopServer.newData();

  private static OrlopServer original;
  private static Map<String, Digest> tags;
  private static String token;
  private static String saidByBackup;

  private final Path data = OrlopServer.newData();

  @BeforeAll
  static void backUpWhilePushesRun() throws Exception {
    original = OrlopServer.start();
    Images images = new Images(original.administrator());
    tags = images.push(IMAGES);
    token = original.administrator().token("repository:library/app:pull");
    AtomicBoolean ended = new AtomicBoolean();
    var pushing = CompletableFuture.supplyAsync(() -> images.pushUntil(ended));
    saidByBackup = backup("--verify").run().expect(0).output();
    ended.set(true);
    assertThat(pushing.get()).isPositive();
  }

  @AfterAll
  static void end() {
    original.close();
  }

  @Test
  void warnsThatTheMasterKeyIsMissingAndThatAllElseIsThere() {
    assertThat(saidByBackup).contains("THE MASTER KEY IS NOT IN IT", "all as written");
  }

  @Test
  void restoresTheSameRegistryInAnotherFolder() throws IOException {
    giveKey();

    assertThat(restore().run().expect(0).output()).contains("Start it: ./orlop run --data " + data);

    try (OrlopServer restored = OrlopServer.on(data)) {
      // The one that a first start would set.
      restored.with("ORLOP_ADMIN_PASSWORD", "Another-1").launch();
      assertThat(restored.administrator().get("/v2/").status()).isEqualTo(401);
      restored.with("ORLOP_ADMIN_PASSWORD", original.adminPassword());
      assertThat(new Images(restored.administrator()).pullAll()).containsAllEntriesOf(tags);
      restored.administrator().bearer(token).get("/v2/library/app/manifests/v0").expect(200);
      assertThat(new Images(restored.administrator()).push(1)).hasSize(1);
      assertThat(restored.stop()).isZero();
    }
  }

  @Test
  void restoresTheSameRegistryInAnotherDatabase() throws Exception {
    giveKey();
    try (ExternalPostgres postgres = ExternalPostgres.start();
        OrlopServer restored = postgres.configure(OrlopServer.on(data))) {
      OrlopCommand restore = restore();
      postgres.settings().forEach(restore::with);

      restore.run().expect(0);

      restored.launch();
      assertThat(restored.postgres()).isEmpty();
      assertThat(new Images(restored.administrator()).pullAll()).containsAllEntriesOf(tags);

      // What a database has already is never overwritten.
      OrlopCommand again = restore().with("ORLOP_DATA", OrlopServer.newData().toString());
      postgres.settings().forEach(again::with);
      again.with("ORLOP_MASTER_KEY_FILE", data.resolve("master.key").toString());
      assertThat(again.run().expect(1).output()).contains("The database is not empty");
    }
  }

  @Test
  void refusesAFolderThatIsNotEmpty() throws IOException {
    Files.writeString(data.resolve("notes.txt"), "precious");

    assertThat(restore().run().expect(1).output()).contains("not empty", "notes.txt");
    assertThat(data.resolve("postgres")).doesNotExist();
  }

  @Test
  void refusesToRestoreWithoutTheRightMasterKey() throws IOException {
    assertThat(restore().run().expect(1).output())
        .contains("does not hold the master key", "ORLOP_MASTER_KEY_FILE");

    Files.writeString(data.resolve("master.key"), MasterKey.generate());

    assertThat(restore().run().expect(1).output())
        .contains("not the one that the backup's secrets are encrypted under");
    assertThat(data.resolve("postgres")).doesNotExist();
  }

  @Test
  void refusesABackupOfANewerVersion() throws IOException {
    giveKey();
    Path copy = copyOfTheBackup();
    Path manifest = dump(copy).resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("V\\d+__\\w+\\.sql", "V9__new.sql"));

    assertThat(OrlopCommand.of("restore", copy, "--data", data).run().expect(1).output())
        .contains("newer than this one");
  }

  @Test
  void bringsABackupOfAnOlderSchemaUpToDate() throws IOException {
    giveKey();
    Path copy = copyOfTheBackup();
    OlderDump.make(dump(copy));

    OrlopCommand.of("restore", copy, "--data", data).run().expect(0);

    try (OrlopServer restored = OrlopServer.on(data)) {
      restored.launch();
      assertThat(new Images(restored.administrator()).pullAll()).containsAllEntriesOf(tags);
      assertThat(new Images(restored.administrator()).push(1)).hasSize(1);
    }
  }

  @Test
  void goesOnWithARestoreIntoABucketThatWasKilled() throws Exception {
    giveKey();
    Path objects = OrlopServer.newData();
    try (ObjectStore store = S3ProxyStore.over(objects)) {
      store.createBucket(BUCKET);
      Process first = restoreInto(store).start();
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofMinutes(3))
          .ignoreExceptions() // Files come and go while it looks.
          .until(() -> hasBlobs(objects) || !first.isAlive());
      first.descendants().forEach(ProcessHandle::destroyForcibly);
      first.destroyForcibly().waitFor();

      assertThat(restoreInto(store).run().expect(0).output()).contains("Start it: ./orlop run");

      try (OrlopServer restored = OrlopServer.on(data)) {
        restored.with("ORLOP_STORAGE_TYPE", "s3");
        store.settings(BUCKET).forEach(restored::with);
        restored.launch();
        assertThat(new Images(restored.administrator()).pullAll()).containsAllEntriesOf(tags);
        assertThat(data.resolve("blobs")).doesNotExist();
      }
    }
  }

  private OrlopCommand restoreInto(ObjectStore store) {
    OrlopCommand restore = restore().with("ORLOP_STORAGE_TYPE", "s3");
    store.settings(BUCKET).forEach(restore::with);
    return restore;
  }

  private static boolean hasBlobs(Path objects) throws IOException {
    try (Stream<Path> files = Files.walk(objects)) {
      return files.anyMatch(file -> file.toString().contains("/blobs/sha256/"));
    }
  }

  @Test
  void findsEveryDamage() throws IOException {
    giveKey();
    Path copy = copyOfTheBackup();
    List<Path> blobs;
    try (Stream<Path> files = Files.walk(copy.resolve("blobs"))) {
      blobs = files.filter(Files::isRegularFile).limit(3).toList();
    }
    Files.writeString(blobs.get(0), "other");
    Files.delete(blobs.get(1));
    verify(copy, 1, "DAMAGED sha256:", hex(blobs.get(0)), hex(blobs.get(1)), "2 DAMAGED");

    Path table = dump(copy).resolve("users.copy");
    Files.writeString(table, Files.readString(table).replace("admin", "nimda"));
    verify(copy, 1, "DAMAGED " + table, "3 DAMAGED");
    assertThat(OrlopCommand.of("restore", copy, "--data", data).run().expect(1).output())
        .contains("DAMAGED " + table);
    assertThat(data.resolve("postgres")).doesNotExist();
  }

  @Test
  void keepsTheEarlierBackupWhenOneIsInterruptedAndGoesOn() throws Exception {
    Path folder = OrlopServer.newData();
    OrlopCommand.of("backup", folder, "--data", original.data()).run().expect(0);
    new Images(original.administrator()).push(IMAGES);
    Process second = OrlopCommand.of("backup", folder, "--data", original.data()).start();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(3))
        .until(() -> dumps(folder).size() == 2 || !second.isAlive());
    second.descendants().forEach(ProcessHandle::destroyForcibly);
    second.destroyForcibly().waitFor();

    verify(folder, 0, "all as written");
    assertThat(
            OrlopCommand.of("backup", folder, "--data", original.data(), "--verify")
                .run()
                .expect(0)
                .output())
        .contains("all as written");
    assertThat(dumps(folder)).hasSize(1);
    giveKey();
    OrlopCommand.of("restore", folder, "--data", data).run().expect(0);
  }

  @Test
  void takesTheKeyAlongWhenToldToAndServesAStoppedRegistry() throws IOException {
    giveKey();
    restore().run().expect(0);
    Path folder = OrlopServer.newData();

    assertThat(
            OrlopCommand.of("backup", folder, "--data", data, "--with-key")
                .run()
                .expect(0)
                .output())
        .contains("It holds the master key");

    Path again = OrlopServer.newData();
    OrlopCommand.of("restore", folder, "--data", again).run().expect(0);
    assertThat(again.resolve("master.key"))
        .hasSameTextualContentAs(original.data().resolve("master.key"));
  }

  @Test
  void refusesTheFolderOfAnotherRegistryAndTheDataFolder() throws IOException {
    giveKey();
    restore().run().expect(0);

    assertThat(OrlopCommand.of("backup", BACKUP, "--data", data).run().expect(1).output())
        .contains("the backup of another registry");
    assertThat(
            OrlopCommand.of("backup", data.resolve("b"), "--data", data).run().expect(1).output())
        .contains("cannot be in the data folder");
  }

  private static OrlopCommand backup(String flag) {
    return OrlopCommand.of("backup", BACKUP, flag, "--data", original.data());
  }

  private OrlopCommand restore() {
    return OrlopCommand.of("restore", BACKUP).with("ORLOP_DATA", data.toString());
  }

  private void giveKey() throws IOException {
    Files.copy(original.data().resolve("master.key"), data.resolve("master.key"));
  }

  private static void verify(Path folder, int exitCode, String... said) {
    assertThat(OrlopCommand.of("backup", folder, "--verify-only").run().expect(exitCode).output())
        .contains(said);
  }

  private static String hex(Path blob) {
    return blob.resolveSibling("..").normalize().toString().replaceFirst(".*/", "");
  }

  private static Path copyOfTheBackup() throws IOException {
    Path copy = OrlopServer.newData();
    try (Stream<Path> files = Files.walk(BACKUP)) {
      for (Path file : files.filter(path -> !path.equals(BACKUP)).toList()) {
        Files.copy(file, copy.resolve(BACKUP.relativize(file)));
      }
    }
    return copy;
  }

  private static Path dump(Path folder) throws IOException {
    return dumps(folder).getFirst();
  }

  private static List<Path> dumps(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(path -> String.valueOf(path.getFileName()).startsWith("database-"))
          .toList();
    }
  }
}
