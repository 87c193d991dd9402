package io.orlop.platform.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;

/**
 * Answers with a part of a file. The kernel copies it to the socket where nothing has to be done to
 * the bytes: over HTTP/1.1 without TLS. Otherwise they are read in large pieces by worker threads;
 * the framework's own way would read 8 KiB at a time in the thread that serves all connections.
 */
@ApplicationScoped
public class FileSender {
  private static final int PIECE = 128 * 1024;

  private final Vertx vertx;

  FileSender(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Sends bytes of a file and ends the answer, whose headers with the length have been set. If that
   * fails in the middle, the answer is broken off, so that nobody takes it for complete.
   *
   * @param offset the first byte
   * @param length how many bytes
   */
  public Future<Void> send(HttpServerRequest request, Path file, long offset, long length) {
    HttpServerResponse response = request.response();
    if (!request.isSSL() && request.version() != HttpVersion.HTTP_2) {
      return response.sendFile(file.toString(), offset, length);
    }
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setCreate(false).setWrite(false))
        .compose(open -> pump(open, response, offset, length))
        .onFailure(_ -> response.reset());
  }

  private static Future<Void> pump(
      AsyncFile file, HttpServerResponse response, long offset, long length) {
    file.setReadPos(offset).setReadLength(length).setReadBufferSize(PIECE);
    response.setWriteQueueMaxSize(2 * PIECE);
    return file.pipe().endOnFailure(false).to(response).eventually(() -> file.close());
  }
}
