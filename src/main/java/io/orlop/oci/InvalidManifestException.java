package io.orlop.oci;

/** Bytes that should be a {@link Manifest} are none, or none that this registry supports. */
public final class InvalidManifestException extends InvalidValueException {
  private static final long serialVersionUID = 1L;

  InvalidManifestException(String reason) {
    super("manifest", reason);
  }

  InvalidManifestException(String reason, Throwable cause) {
    super("manifest", reason);
    initCause(cause);
  }
}
