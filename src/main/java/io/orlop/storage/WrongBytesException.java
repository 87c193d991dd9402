package io.orlop.storage;

import io.orlop.oci.Digest;

/** The store returned all bytes of a blob, and they do not have its digest. */
public final class WrongBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public WrongBytesException(Digest expected) {
    super("The stored bytes of " + expected + " have another digest.");
  }
}
