package io.orlop.cluster;

import io.orlop.platform.crypto.MasterKey;
import io.orlop.testsupport.ExternalPostgres;
import io.orlop.testsupport.FreePort;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.clients.ClientTool;
import io.orlop.testsupport.clients.Endings;
import io.orlop.testsupport.clients.OwnedProcess;
import io.orlop.testsupport.network.NginxSite;
import io.orlop.testsupport.network.ProxySample;
import io.orlop.testsupport.objectstore.MinioStore;
import io.orlop.testsupport.objectstore.ObjectStore;
import io.orlop.testsupport.objectstore.S3ProxyStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Two replicas on one PostgreSQL and one bucket, behind the nginx of the documentation. */
final class Replicas implements AutoCloseable {
  private static final String BUCKET = "orlop";

  private final Endings endings;
  private final String masterKey = MasterKey.generate();
  private final ExternalPostgres postgres;
  private final ObjectStore store;
  private final OrlopServer steady;
  private final OrlopServer restarted;
  private final URI front;

  private Replicas(Path folder, Endings endings) throws IOException {
    this.endings = endings;
    postgres = ExternalPostgres.start();
    endings.push(postgres::close);
    store =
        ClientTool.isInstalled("minio")
            ? MinioStore.over(Files.createDirectories(folder.resolve("store")))
            : S3ProxyStore.over(Files.createDirectories(folder.resolve("store")));
    endings.push(store::close);
    store.createBucket(BUCKET);
    steady = launch();
    restarted = launch();
    int port = FreePort.find();
    front = URI.create("http://localhost:" + port);
    nginx(Files.createDirectories(folder.resolve("nginx")), port);
  }

  /** Starts all of it; where that fails nothing is left. */
  static Replicas start(Path folder) throws IOException {
    Endings endings = new Endings();
    try {
      return new Replicas(folder, endings);
    } catch (IOException | RuntimeException | Error e) {
      endings.close();
      throw e;
    }
  }

  /** Returns the replica that nobody stops. */
  OrlopServer steady() {
    return steady;
  }

  /** Returns the replica that is stopped and killed. */
  OrlopServer restarted() {
    return restarted;
  }

  /** Returns the address of nginx. */
  URI front() {
    return front;
  }

  /** Returns which kind of store it is. */
  String storeName() {
    return store.getClass().getSimpleName();
  }

  private OrlopServer launch() {
    OrlopServer server =
        postgres
            .configure(OrlopServer.on(OrlopServer.newData()))
            .with("JAVA_OPTS", "-Xmx256m")
            .with("ORLOP_MASTER_KEY", masterKey)
            .with("ORLOP_TOKEN_LIFETIME", "PT1M")
            .with("ORLOP_STORAGE_TYPE", "s3");
    store.settings(BUCKET).forEach(server::with);
    endings.push(server::close);
    server.launch();
    return server;
  }

  private void nginx(Path home, int port) throws IOException {
    ProxySample site =
        ProxySample.named("nginx-replicas.conf")
            .with("10.0.0.11:8080", "127.0.0.1:" + steady.port())
            .with("10.0.0.12:8080", "127.0.0.1:" + restarted.port())
            .with("listen 443 ssl http2", "listen 127.0.0.1:" + port)
            .with("ssl_certificate /etc/ssl/registry.example.com.crt;", "")
            .with("ssl_certificate_key /etc/ssl/registry.example.com.key;", "");
    OwnedProcess nginx =
        OwnedProcess.start(
            new NginxSite(home).prepare(site.text()),
            Map.of("HOME", home.toString()),
            home.resolve("nginx.log"));
    endings.push(nginx::close);
    nginx.awaitReady(() -> listens(port));
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    endings.close();
  }
}
