package io.orlop.storage;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.http.FailureTranslator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;

/** Says what failures of the store mean to a client. */
@ApplicationScoped
class StorageFailures implements FailureTranslator {

  @Override
  public Optional<RegistryException> translate(Throwable thrown) {
    return thrown instanceof StorageException failure
        ? Optional.of(toClient(failure))
        : Optional.empty();
  }

  private static RegistryException toClient(StorageException failure) {
    return switch (failure.kind()) {
      case NO_SPACE ->
          ErrorCode.INSUFFICIENT_STORAGE.exception(
              Objects.requireNonNullElse(failure.getMessage(), "the store is full"));
      case UNAVAILABLE -> ErrorCode.UNAVAILABLE.exception("the store does not answer, try again");
      case AWAY ->
          ErrorCode.UNAVAILABLE.exception(
              "the store of blobs is away: what is in its place does not belong to this registry;"
                  + " nothing was stored, try again when it is back");
      case MISCONFIGURED ->
          ErrorCode.UNAVAILABLE.exception("the store cannot be used; the log says why");
      case NOT_FOUND -> ErrorCode.UNKNOWN.exception();
    };
  }
}
