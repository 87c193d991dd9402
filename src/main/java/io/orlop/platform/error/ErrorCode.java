package io.orlop.platform.error;

import org.jspecify.annotations.Nullable;

/**
 * Every failure that a client can be told about: the code on the wire, the HTTP status and what to
 * say when nobody knows better.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes">distribution-spec,
 *     error codes</a>
 */
public enum ErrorCode {
  /** A blob is not linked in the repository. */
  BLOB_UNKNOWN(404, "blob unknown to registry"),
  /** The bytes of a blob are gone or are not those of its digest any more. */
  BLOB_DAMAGED(
      "BLOB_UNKNOWN",
      500,
      "the stored bytes of this blob are damaged: push it again to this registry to heal it"),
  /** An upload was asked for in a way that cannot be served. */
  BLOB_UPLOAD_INVALID(400, "blob upload invalid"),
  /** A chunk does not begin where the upload stands. */
  BLOB_UPLOAD_OUT_OF_ORDER("BLOB_UPLOAD_INVALID", 416, "chunk out of order"),
  /** Another request is writing to the same upload. */
  BLOB_UPLOAD_BUSY("BLOB_UPLOAD_INVALID", 409, "another request is writing to this upload"),
  /** No such upload, or it belongs to another repository or caller. */
  BLOB_UPLOAD_UNKNOWN(404, "blob upload unknown to registry"),
  /** A digest is malformed, of an unsupported algorithm or not that of the bytes sent. */
  DIGEST_INVALID(400, "provided digest did not match uploaded content"),
  /** A manifest names a blob that is not linked in its repository. */
  MANIFEST_BLOB_UNKNOWN(400, "manifest references a manifest or blob unknown to registry"),
  /** A manifest's body breaks the rules of its media type. */
  MANIFEST_INVALID(400, "manifest invalid"),
  /** A manifest is larger than the registry takes. */
  MANIFEST_TOO_LARGE("MANIFEST_INVALID", 413, "manifest too large"),
  /** A manifest cannot be deleted because an index names it. */
  MANIFEST_REFERENCED("UNSUPPORTED", 412, "the deleting artifact is referenced by others"),
  /** No such tag or manifest in the repository. */
  MANIFEST_UNKNOWN(404, "manifest unknown to registry"),
  /** A repository or tag name breaks the grammar. */
  NAME_INVALID(400, "invalid repository name"),
  /** A path is longer than any that could name something. */
  PATH_TOO_LONG("NAME_INVALID", 414, "the path is too long"),
  /** No such repository. */
  NAME_UNKNOWN(404, "repository name not known to registry"),
  /** A length header does not match the body. */
  SIZE_INVALID(400, "provided length did not match content length"),
  /** A range cannot be served. */
  RANGE_INVALID("SIZE_INVALID", 416, "requested range not satisfiable"),
  /** Nobody is signed in, or the credentials are wrong. */
  UNAUTHORIZED(401, "unauthorized: authentication required"),
  /** Somebody is signed in, but may not do this. */
  DENIED(403, "requested access to the resource is denied"),
  /** The registry does not offer this operation. */
  UNSUPPORTED(405, "the operation is unsupported"),
  /** A query parameter or header of a registry request cannot be understood. */
  PARAMETER_INVALID("UNSUPPORTED", 400, "invalid parameter"),
  /** The client asks too often. */
  TOOMANYREQUESTS(429, "too many requests"),
  /** The disk is nearly full: uploads are refused, pulls and deletes go on. */
  INSUFFICIENT_STORAGE("DENIED", 507, "insufficient storage"),
  /** A dependency such as the database or the store does not answer. */
  UNAVAILABLE("UNAVAILABLE", 503, "service unavailable, try again"),

  /** REST API: the request cannot be understood. */
  BAD_REQUEST(400, "bad request"),
  /** REST API: the caller lacks the permission. */
  FORBIDDEN(403, "forbidden"),
  /** REST API: no such thing. */
  NOT_FOUND(404, "not found"),
  /** REST API: the path exists, the method does not. */
  METHOD_NOT_ALLOWED(405, "method not allowed"),
  /** REST API: the name is taken. */
  CONFLICT(409, "conflict"),
  /** REST API: the thing's state forbids the operation. */
  PRECONDITION(412, "precondition failed"),
  /** REST API: the body is larger than the server takes. */
  REQUEST_ENTITY_TOO_LARGE(413, "request entity too large"),
  /** REST API: the body's media type is not served. */
  UNSUPPORTED_MEDIA_TYPE(415, "unsupported media type"),
  /** REST API: a member or parameter breaks the contract's schema. */
  UNPROCESSABLE_ENTITY(422, "unprocessable entity"),
  /** REST API: a part of Harbor's API that is not served yet. */
  NOT_IMPLEMENTED(501, "not implemented"),
  /** Something unforeseen; the log has the request's id. */
  UNKNOWN(500, "internal server error");

  private final String wireCode;
  private final int status;
  private final String defaultMessage;

  ErrorCode(int status, String defaultMessage) {
    this.wireCode = name();
    this.status = status;
    this.defaultMessage = defaultMessage;
  }

  ErrorCode(String wireCode, int status, String defaultMessage) {
    this.wireCode = wireCode;
    this.status = status;
    this.defaultMessage = defaultMessage;
  }

  /** Returns the value of {@code code} in an error body. */
  public String wireCode() {
    return wireCode;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns what to say when nobody knows better. */
  public String defaultMessage() {
    return defaultMessage;
  }

  /** Makes the exception with the default message. */
  public RegistryException exception() {
    return new RegistryException(this, defaultMessage, null);
  }

  /** Makes the exception with a message of its own. */
  public RegistryException exception(String message) {
    return new RegistryException(this, message, null);
  }

  /**
   * Makes the exception with a detail.
   *
   * @param detail what the body's {@code detail} holds: a text, or a map of texts
   */
  public RegistryException exception(String message, @Nullable Object detail) {
    return new RegistryException(this, message, detail);
  }
}
