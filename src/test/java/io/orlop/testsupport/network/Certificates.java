package io.orlop.testsupport.network;

import io.orlop.testsupport.clients.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A certificate authority made for a test and the certificate of one host.
 *
 * @param authority the authority's certificate
 * @param certificate the host's certificate
 * @param key the host's private key
 */
record Certificates(Path authority, Path certificate, Path key) {

  static Certificates make(Path folder, String host) {
    Client openssl = Client.required("openssl", folder);
    openssl.succeeds(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        "ca.key",
        "-out",
        "ca.crt",
        "-subj",
        "/CN=Test authority",
        "-addext",
        "basicConstraints=critical,CA:TRUE");
    openssl.succeeds(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "host.key",
        "-out",
        "host.csr",
        "-subj",
        "/CN=" + host);
    write(folder.resolve("names"), "subjectAltName=DNS:" + host);
    openssl.succeeds(
        "x509",
        "-req",
        "-in",
        "host.csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        "host.crt",
        "-days",
        "2",
        "-extfile",
        "names");
    return new Certificates(
        folder.resolve("ca.crt"), folder.resolve("host.crt"), folder.resolve("host.key"));
  }

  /** Certificate and key in one file, as HAProxy wants them. */
  Path together() {
    Path file = certificate.resolveSibling("host.pem");
    write(file, read(certificate) + read(key));
    return file;
  }

  String authorityText() {
    return read(authority);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
