package io.orlop.registry.v2;

import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.upload.UploadSession;
import io.orlop.platform.http.PublicUrl;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** Headers that tell a client where its upload stands. */
final class UploadProgress {
  private UploadProgress() {}

  static ResponseBuilder describe(
      ResponseBuilder response, PublicUrl url, RepositoryRef repository, UploadSession session) {
    return response
        .header(HttpHeaders.LOCATION, Paths.upload(url, repository.name(), session.id()))
        .header(Headers.RANGE, range(session.offset()))
        .header(Headers.UPLOAD, session.id());
  }

  /** The specification has no way to say "nothing yet"; clients read {@code 0-0} as that. */
  static String range(long offset) {
    return "0-" + Math.max(0, offset - 1);
  }
}
