package io.orlop.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.OrlopCommand;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.objectstore.ObjectStore;
import io.orlop.testsupport.objectstore.S3ProxyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StorageCopyIT {
  private static final String BUCKET = "orlop";

  @Test
  void movesTheBlobsOfARegistryToABucketAndBack() throws IOException {
    try (ObjectStore bucket = S3ProxyStore.over(OrlopServer.newData());
        OrlopServer server = OrlopServer.start()) {
      bucket.createBucket(BUCKET);
      Map<String, String> settings = bucket.settings(BUCKET);
      settings.forEach(server::with);
      new Images(server.administrator()).push(4);
      Path damaged = someBlob(server);
      byte[] right = Files.readAllBytes(damaged);
      Files.write(damaged, new byte[right.length]);

      assertThat(copy(server, settings, "filesystem", "s3").run().expect(1).output())
          .contains(
              "DAMAGED sha256:" + damaged.getFileName().toString().replaceFirst("[.].*", ""),
              "1 blobs could not be copied; the store is not marked as complete");

      Files.write(damaged, right);
      Map<String, Digest> tags = new Images(server.administrator()).push(6);
      assertThat(copy(server, settings, "filesystem", "s3").run().expect(0).output())
          .contains("ORLOP_STORAGE_TYPE=s3");

      assertThat(server.stop()).isZero();
      copy(server, settings, "filesystem", "s3").run().expect(0);
      server.with("ORLOP_STORAGE_TYPE", "s3").restart();
      assertThat(new Images(server.administrator()).pullAll()).containsAllEntriesOf(tags);

      assertThat(
              serving("s3", copy(server, settings, "filesystem", "s3", "--verify"))
                  .run()
                  .expect(1)
                  .output())
          .contains("--to s3 is the store that Orlop serves from");

      Files.delete(damaged);
      assertThat(serving("s3", copy(server, settings, "s3", "filesystem")).run().expect(0).output())
          .contains("Copied 1 blobs");
      assertThat(damaged).hasBinaryContent(right);

      Files.write(damaged, new byte[right.length]);
      assertThat(
              serving("s3", copy(server, settings, "s3", "filesystem", "--verify"))
                  .run()
                  .expect(0)
                  .output())
          .contains("WRONG sha256:", "Copied 1 blobs");
      assertThat(damaged).hasBinaryContent(right);
    }
  }

  @Test
  void refusesAStoreThatIsNotTheRegistrys() throws IOException {
    try (ObjectStore bucket = S3ProxyStore.over(OrlopServer.newData());
        OrlopServer server = OrlopServer.start()) {
      bucket.createBucket(BUCKET);

      assertThat(
              serving("s3", copy(server, bucket.settings(BUCKET), "s3", "filesystem"))
                  .run()
                  .expect(1)
                  .output())
          .contains("The store s3 is not this registry's: its marker is missing");
      assertThat(copy(server, bucket.settings(BUCKET), "s3", "s3").run().expect(1).output())
          .contains("name the same store");
    }
  }

  private static OrlopCommand copy(
      OrlopServer server, Map<String, String> settings, String from, String to, String... flags) {
    List<Object> words = new ArrayList<>(List.of("storage", "copy", "--from", from, "--to", to));
    words.addAll(List.of("--data", server.data()));
    words.addAll(List.of(flags));
    OrlopCommand command = OrlopCommand.of(words.toArray());
    settings.forEach(command::with);
    return command;
  }

  /** Runs it with what the server has in its settings. */
  private static OrlopCommand serving(String type, OrlopCommand command) {
    return command.with("ORLOP_STORAGE_TYPE", type);
  }

  private static Path someBlob(OrlopServer server) throws IOException {
    try (Stream<Path> files = Files.walk(server.data().resolve("blobs/sha256"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }
}
