package io.orlop.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.http.ErrorBody;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Errors in Harbor's form: code, message and nothing else, one line of compact JSON. */
@ApplicationScoped
class ApiErrorBody implements ErrorBody {
  private static final String JSON = "application/json; charset=utf-8";

  private final ObjectMapper mapper;
  private final HarborContract contract;

  ApiErrorBody(ObjectMapper mapper, HarborContract contract) {
    this.mapper = mapper;
    this.contract = contract;
  }

  /** The body. */
  record Errors(List<Entry> errors) {}

  /** One failure; scripts match these texts, code before message. */
  record Entry(String code, String message) {}

  @Override
  public boolean serves(String path) {
    return path.equals("/api") || path.startsWith("/api/") || path.startsWith("/c/");
  }

  @Override
  public RegistryException unserved(String method, String path, RegistryException failure) {
    return switch (contract.find(method, path)) {
      case OPERATION ->
          ErrorCode.NOT_IMPLEMENTED.exception(
              method + " " + path + " is part of Harbor's API, but not implemented yet");
      case PATH -> ErrorCode.METHOD_NOT_ALLOWED.exception("method " + method + " is not allowed");
      case NOTHING -> failure;
    };
  }

  @Override
  public Response answer(RegistryException failure) {
    List<Entry> entries =
        failure.entries().stream()
            .map(entry -> new Entry(code(entry.code()), entry.message()))
            .toList();
    return Response.status(failure.code().status())
        .header(HttpHeaders.CONTENT_TYPE, JSON)
        .entity(write(new Errors(entries)))
        .build();
  }

  private String write(Errors errors) {
    try {
      return mapper.writeValueAsString(errors) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Two texts are always JSON", e);
    }
  }

  /** Failures that lower rooms name in the registry's words, in the API's words. */
  private static String code(ErrorCode code) {
    return switch (code.status()) {
      case 400 -> ErrorCode.BAD_REQUEST.wireCode();
      case 403 -> code.wireCode();
      case 404 -> ErrorCode.NOT_FOUND.wireCode();
      case 405 -> ErrorCode.METHOD_NOT_ALLOWED.wireCode();
      case 409 -> ErrorCode.CONFLICT.wireCode();
      case 412 ->
          code == ErrorCode.MANIFEST_REFERENCED
              ? "VIOLATE_FOREIGN_KEY_CONSTRAINT"
              : ErrorCode.PRECONDITION.wireCode();
      case 429 -> "TOO_MANY_REQUEST";
      default -> code.wireCode();
    };
  }
}
