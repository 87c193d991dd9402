package io.orlop.system.tls;

/** A certificate and key cannot be used; the message says why, for whoever made them. */
final class UnusableCertificateException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableCertificateException(String message) {
    super(message);
  }

  UnusableCertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
