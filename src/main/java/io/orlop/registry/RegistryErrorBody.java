package io.orlop.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.http.ErrorBody;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Errors in the form and with the codes of the distribution-spec.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes">distribution-spec,
 *     error codes</a>
 */
@ApplicationScoped
public class RegistryErrorBody implements ErrorBody {

  /** The body. */
  public record Errors(List<Entry> errors) {}

  /** One failure. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(String code, String message, @Nullable Object detail) {}

  @Override
  public boolean serves(String path) {
    return path.equals("/v2") || path.startsWith("/v2/") || path.startsWith("/service/");
  }

  /** The framework takes a wrong method for an unknown path where paths are expressions. */
  @Override
  public RegistryException unserved(String method, String path, RegistryException failure) {
    return methods(path).isPresent() ? ErrorCode.METHOD_NOT_ALLOWED.exception() : failure;
  }

  @Override
  public Optional<String> methods(String path) {
    return Endpoints.methods(path);
  }

  @Override
  public Response answer(RegistryException failure) {
    List<Entry> entries =
        failure.entries().stream()
            .map(entry -> new Entry(code(entry.code()), entry.message(), entry.detail()))
            .toList();
    return Response.status(failure.code().status())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Docker-Distribution-API-Version", "registry/2.0")
        .entity(new Errors(entries))
        .build();
  }

  /** The codes of the REST API that the framework's own refusals have, in the spec's words. */
  private static String code(ErrorCode code) {
    return switch (code) {
      case NOT_FOUND -> ErrorCode.NAME_UNKNOWN.wireCode();
      case BAD_REQUEST, METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE, REQUEST_ENTITY_TOO_LARGE ->
          ErrorCode.UNSUPPORTED.wireCode();
      case FORBIDDEN -> ErrorCode.DENIED.wireCode();
      default -> code.wireCode();
    };
  }
}
