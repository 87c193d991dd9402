package io.orlop.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.orlop.oci.InvalidDigestException;
import io.orlop.oci.InvalidManifestException;
import io.orlop.oci.InvalidRangeException;
import io.orlop.oci.InvalidValueException;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.DatabaseException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.common.util.URLUtils;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns whatever a request ends in into the answer of its door. Failures of ours are logged here,
 * once, with the request's id; what a client did wrong is nobody's business but the client's.
 */
class ErrorMappers {
  private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

  private static final int TOO_MANY = 429;

  /** After which a place among the running ones is likely to be free. */
  private static final long RETRY_SECONDS = 5;

  private final List<ErrorBody> doors;
  private final List<FailureTranslator> translators;

  ErrorMappers(Instance<ErrorBody> doors, Instance<FailureTranslator> translators) {
    this.doors = doors.stream().toList();
    this.translators = translators.stream().toList();
  }

  @ServerExceptionMapper
  public Response map(Throwable thrown, RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = context.normalizedPath(); // What the endpoints were chosen by.
    Optional<ErrorBody> door = doors.stream().filter(body -> body.serves(path)).findFirst();
    RegistryException found = translate(thrown);
    RegistryException failure =
        thrown instanceof NotFoundException || thrown instanceof NotAllowedException
            ? door.map(body -> body.unserved(request.method().name(), path, found)).orElse(found)
            : found;
    log(thrown, failure, request);
    return answer(door, path, failure, thrown);
  }

  /** In place of the framework's own mapper, which would answer in a form of its own. */
  @ServerExceptionMapper
  public Response map(MismatchedInputException thrown, RoutingContext context) {
    return map((Throwable) thrown, context);
  }

  /** A damaged blob is told of once, when it is found: not by each client that asks for it. */
  private static void log(Throwable thrown, RegistryException failure, HttpServerRequest request) {
    int status = failure.code().status();
    if (status >= 500 && status != 501 && failure.code() != ErrorCode.BLOB_DAMAGED) {
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
  }

  private static Response answer(
      Optional<ErrorBody> door, String path, RegistryException failure, Throwable thrown) {
    Response answer = door.map(body -> body.answer(failure)).orElseGet(() -> plain(failure));
    if (answer.getStatus() == TOO_MANY) {
      return Response.fromResponse(answer)
          .header(HttpHeaders.RETRY_AFTER, retrySeconds(failure))
          .build();
    }
    Optional<String> methods =
        answer.getStatus() == 405 ? methods(door, path, thrown) : Optional.empty();
    return methods
        .map(names -> Response.fromResponse(answer).header(HttpHeaders.ALLOW, names).build())
        .orElse(answer);
  }

  /** Whole seconds, so that whoever waits for them does not come too early. */
  private static long retrySeconds(RegistryException failure) {
    return failure
        .retryAfter()
        .map(time -> time.plusSeconds(1).minusNanos(1).toSeconds())
        .orElse(RETRY_SECONDS);
  }

  private static Optional<String> methods(Optional<ErrorBody> door, String path, Throwable thrown) {
    return switch (thrown) {
      case NotFoundException _ -> door.flatMap(body -> body.methods(path));
      case NotAllowedException refused ->
          door.flatMap(body -> body.methods(path))
              .or(() ->
                  Optional.ofNullable(refused.getResponse().getHeaderString(HttpHeaders.ALLOW)));
      default -> Optional.empty();
    };
  }

  private RegistryException translate(Throwable thrown) {
    return switch (thrown) {
      case RegistryException failure -> failure;
      case InvalidDigestException invalid -> ErrorCode.DIGEST_INVALID.exception(text(invalid));
      case InvalidManifestException invalid -> ErrorCode.MANIFEST_INVALID.exception(text(invalid));
      case InvalidRangeException invalid ->
          ErrorCode.BLOB_UPLOAD_OUT_OF_ORDER.exception(text(invalid));
      case InvalidValueException invalid -> ErrorCode.NAME_INVALID.exception(text(invalid));
      case JsonProcessingException json -> JsonFailures.translate(json);
      case WebApplicationException rejected
          when rejected.getCause() instanceof JsonProcessingException json ->
          JsonFailures.translate(json);
      case WebApplicationException rejected -> ofStatus(rejected.getResponse().getStatus());
      default ->
          translators.stream()
              .flatMap(translator -> translator.translate(thrown).stream())
              .findFirst()
              .or(() -> DatabaseException.findIn(thrown).map(ErrorMappers::ofDatabase))
              .orElseGet(() -> ofUnknown(thrown));
    };
  }

  private static RegistryException ofDatabase(DatabaseException failure) {
    return switch (failure.kind()) {
      case UNAVAILABLE, CONFLICT ->
          ErrorCode.UNAVAILABLE.exception("the database does not answer, try again");
      case INVALID_TEXT -> ErrorCode.BAD_REQUEST.exception("a text holds a NUL");
      case UNIQUE_VIOLATION, FOREIGN_KEY_VIOLATION -> ofMeeting(failure);
      case OTHER -> ErrorCode.UNKNOWN.exception();
    };
  }

  /**
   * What was looked at before has come or gone since. Those who ask again get the answer that is
   * true now; whoever looks for a defect finds the constraint.
   */
  private static RegistryException ofMeeting(DatabaseException failure) {
    LOG.infof("Two requests met: %s", failure.constraint().orElse("unknown constraint"));
    return ErrorCode.CONFLICT.exception(
        "another request has made or deleted the same thing at this moment, try again");
  }

  /** A body that breaks off ends in an IOException: the client went away, and nobody reads this. */
  private static RegistryException ofUnknown(Throwable thrown) {
    if (thrown instanceof IOException) {
      return ErrorCode.BAD_REQUEST.exception("the request broke off");
    }
    return isMalformedForm(thrown)
        ? ErrorCode.BAD_REQUEST.exception("the form is malformed")
        : ErrorCode.UNKNOWN.exception();
  }

  /** The framework has no exception of its own for broken escapes in a form. */
  private static boolean isMalformedForm(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return thrown instanceof IllegalArgumentException
        && trace.length > 0
        && trace[0].getClassName().equals(URLUtils.class.getName());
  }

  /** What JAX-RS itself refuses: unknown paths, wrong methods, unreadable parameters. */
  private static RegistryException ofStatus(int status) {
    return switch (status) {
      case 404 -> ErrorCode.NOT_FOUND.exception();
      case 405 -> ErrorCode.METHOD_NOT_ALLOWED.exception();
      case 413 -> ErrorCode.REQUEST_ENTITY_TOO_LARGE.exception();
      case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE.exception();
      default -> status < 500 ? ErrorCode.BAD_REQUEST.exception() : ErrorCode.UNKNOWN.exception();
    };
  }

  private static String text(IllegalArgumentException invalid) {
    return Objects.requireNonNullElse(invalid.getMessage(), "invalid value");
  }

  /** For paths that belong to no door. */
  private static Response plain(RegistryException failure) {
    return Response.status(failure.code().status())
        .type(MediaType.TEXT_PLAIN_TYPE)
        .entity(failure.getMessage() + "\n")
        .build();
  }
}
