package io.orlop.system.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The text of both files, as they were at one look.
 *
 * @param certificate the certificate and those of the authorities in between
 * @param key the private key
 */
record PemFiles(String certificate, String key) {
  private static final int MAX_BYTES = 1024 * 1024;

  static PemFiles read(Path certificate, Path key) throws UnusableCertificateException {
    return new PemFiles(read(certificate), read(key));
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "PemFiles";
  }

  private static String read(Path file) throws UnusableCertificateException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new UnusableCertificateException(file + " is too large for a PEM file");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new UnusableCertificateException(file + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new UnusableCertificateException(file + " may not be read by this account", e);
    } catch (IOException e) {
      throw new UnusableCertificateException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
