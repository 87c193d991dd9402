package io.orlop.testsupport.objectstore;

import io.orlop.testsupport.FreePort;
import io.orlop.testsupport.clients.ClientTool;
import io.orlop.testsupport.clients.OwnedProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** MinIO as a process of its own, over a folder. */
public final class MinioStore implements ObjectStore {
  private final ClientTool tool;
  private final Path folder;
  private final URI endpoint;
  private OwnedProcess process;

  private MinioStore(ClientTool tool, Path folder, URI endpoint) {
    this.tool = tool;
    this.folder = folder;
    this.endpoint = endpoint;
    this.process = launch();
  }

  /** Starts one on a free port; without MinIO the test is skipped and the tool reported. */
  public static MinioStore over(Path folder) {
    ClientTool tool = ClientTool.optional("minio");
    return new MinioStore(tool, folder, URI.create("http://127.0.0.1:" + FreePort.find()));
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void start() {
    process = launch();
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }

  private OwnedProcess launch() {
    return OwnedProcess.start(
            List.of(
                tool.executable().toString(),
                "server",
                "--quiet",
                "--address",
                endpoint.getAuthority(),
                "--console-address",
                "127.0.0.1:0",
                folder.resolve("data").toString()),
            Map.of(
                "HOME",
                folder.toString(),
                "MINIO_ROOT_USER",
                ACCESS_KEY,
                "MINIO_ROOT_PASSWORD",
                SECRET_KEY,
                "MINIO_UPDATE",
                "off"),
            folder.resolve("minio.log"))
        .awaitReady(this::answers);
  }

  private boolean answers() {
    try {
      var connection =
          (HttpURLConnection) endpoint.resolve("/minio/health/cluster").toURL().openConnection();
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
