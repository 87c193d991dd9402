package io.orlop.testsupport.objectstore;

import io.orlop.testsupport.FreePort;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** s3proxy in this JVM, over a folder. */
public final class S3ProxyStore implements ObjectStore {
  private final Path folder;
  private final URI endpoint;
  private S3Proxy proxy;

  private S3ProxyStore(Path folder, URI endpoint) {
    this.folder = folder;
    this.endpoint = endpoint;
    this.proxy = build();
  }

  /** Starts one on a free port. */
  public static S3ProxyStore over(Path folder) {
    S3ProxyStore store =
        new S3ProxyStore(folder, URI.create("http://127.0.0.1:" + FreePort.find()));
    store.start();
    return store;
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void start() {
    proxy = build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new AssertionError("s3proxy does not start", e);
    }
  }

  @Override
  public void kill() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new AssertionError("s3proxy does not end", e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private S3Proxy build() {
    return S3Proxy.builder()
        .blobStore(new FilesystemNio2BlobStore(folder.toString()))
        .endpoint(endpoint)
        .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
        .v4MaxNonChunkedRequestSize(64L << 20)
        .stopTimeout(0)
        .build();
  }
}
