package io.orlop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.clients.ClientTool;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fills the disk that the database and the blobs share, as far as the reserve lets anybody. */
class SmallDiskIT {
  private static final int BLOB_BYTES = 8 * 1024 * 1024;
  private static final int MORE_THAN_FITS = 60;

  private final Random random = new Random(20261121);
  private final Path volume = OrlopServer.newData();

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    ClientTool.requireRoot();
    if (run("mount", "-t", "tmpfs", "-o", "size=420m", "tmpfs", volume.toString()) != 0) {
      ClientTool.unavailable("A tmpfs cannot be mounted");
    }
    run("chmod", "755", volume.toString());
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", "-l", volume.toString());
  }

  @Test
  void refusesUploadsBeforeTheDiskIsFullAndGoesOnWithTheRest() throws IOException {
    Path data = Files.createDirectory(volume.resolve("data"));
    try (OrlopServer server = OrlopServer.on(data).with("ORLOP_STORAGE_RESERVE", "100M")) {
      server.launch();
      CrashClient client = new CrashClient(server.url(), server.adminPassword());
      byte[] first = blob();
      assertThat(push(client, first).statusCode()).isEqualTo(201);
      HttpResponse<byte[]> refused = pushUntilRefused(client);

      assertThat(refused.statusCode()).isEqualTo(507);
      assertThat(new String(refused.body(), StandardCharsets.UTF_8))
          .contains("\"errors\"", "orlop.storage.reserve", "enlarge the volume");
      String path = "/v2/library/small/blobs/" + Digest.of(first);
      assertThat(client.get(path).body()).isEqualTo(first);
      assertThat(client.delete(path).statusCode()).isEqualTo(202);
      assertThat(newProject(client).statusCode()).isEqualTo(201);
      assertThat(server.log()).doesNotContain("No space left");
    }
  }

  private HttpResponse<byte[]> pushUntilRefused(CrashClient client) throws IOException {
    for (int i = 0; i < MORE_THAN_FITS; i++) {
      HttpResponse<byte[]> answer = push(client, blob());
      if (answer.statusCode() != 201) {
        return answer;
      }
    }
    throw new AssertionError("The disk is never full");
  }

  private static HttpResponse<byte[]> push(CrashClient client, byte[] content) throws IOException {
    return client.post("/v2/library/small/blobs/uploads/?digest=" + Digest.of(content), content);
  }

  private static HttpResponse<byte[]> newProject(CrashClient client) throws IOException {
    byte[] project = "{\"project_name\":\"after\"}".getBytes(StandardCharsets.UTF_8);
    return client.postJson("/api/v2.0/projects", project);
  }

  private byte[] blob() {
    byte[] content = new byte[BLOB_BYTES];
    random.nextBytes(content);
    return content;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
