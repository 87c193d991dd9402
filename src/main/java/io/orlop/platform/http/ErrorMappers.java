package io.orlop.platform.http;

import io.orlop.oci.InvalidDigestException;
import io.orlop.oci.InvalidManifestException;
import io.orlop.oci.InvalidNameException;
import io.orlop.oci.InvalidRangeException;
import io.orlop.oci.InvalidValueException;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.DatabaseException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns whatever a request ends in into the answer of its door. Failures of ours are logged here, once,
 * with the request's id; what a client did wrong is nobody's business but the client's.
 */
class ErrorMappers {
  private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

  private final List<ErrorBody> doors;

  ErrorMappers(Instance<ErrorBody> doors) {
    this.doors = doors.stream().toList();
  }

  @ServerExceptionMapper
  public Response map(Throwable thrown, HttpServerRequest request) {
    RegistryException failure = translate(thrown);
    int status = failure.code().status();
    if (status >= 500 && status != 501) {
      LOG.errorf(
          thrown,
          "%s %s failed with %d, request %s",
          request.method(),
          request.path(),
          status,
          RequestIdFilter.idOf(request));
    } else {
      LOG.debugf("%s %s: %s", request.method(), request.path(), failure.getMessage());
    }
    return doors.stream()
        .filter(door -> door.serves(request.path()))
        .findFirst()
        .map(door -> door.answer(failure))
        .orElseGet(() -> plain(failure));
  }
}
