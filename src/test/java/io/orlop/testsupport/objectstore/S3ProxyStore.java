package io.orlop.testsupport.objectstore;

import io.orlop.testsupport.FreePort;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** s3proxy in this JVM, over a folder. */
public final class S3ProxyStore implements ObjectStore {
  private final Path folder;
  private final URI endpoint;
  private final Watcher watcher;
  private S3Proxy proxy;
  private String accessKey = ACCESS_KEY;
  private String secretKey = SECRET_KEY;

  /** Sees what is asked of the folder before it is done, and throws where it shall fail. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * Sees a request.
     *
     * @param operation its name in s3proxy
     * @param request what it says of itself, with the object's name
     */
    void before(String operation, String request);
  }

  private S3ProxyStore(Path folder, URI endpoint, Watcher watcher) {
    this.folder = folder;
    this.endpoint = endpoint;
    this.watcher = watcher;
    this.proxy = build();
  }

  /** Starts one on a free port. */
  public static S3ProxyStore over(Path folder) {
    return over(folder, (_, _) -> {});
  }

  /** Starts one that somebody watches on a free port. */
  public static S3ProxyStore over(Path folder, Watcher watcher) {
    S3ProxyStore store =
        new S3ProxyStore(folder, URI.create("http://127.0.0.1:" + FreePort.find()), watcher);
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

  /** Withdraws the keys that are accepted until now, and accepts others. */
  public void acceptKeys(String access, String secret) {
    kill();
    accessKey = access;
    secretKey = secret;
    start();
  }

  @Override
  public void close() {
    kill();
  }

  private S3Proxy build() {
    return S3Proxy.builder()
        .blobStore(watched(new FilesystemNio2BlobStore(folder.toString())))
        .endpoint(endpoint)
        .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
        .v4MaxNonChunkedRequestSize(64L << 20)
        .stopTimeout(0)
        .build();
  }

  private BlobStore watched(BlobStore store) {
    return (BlobStore)
        Proxy.newProxyInstance(
            BlobStore.class.getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (_, method, arguments) -> {
              watcher.before(method.getName(), Arrays.toString(arguments));
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
