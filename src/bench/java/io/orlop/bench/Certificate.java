package io.orlop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A certificate for 127.0.0.1 that all servers with TLS share.
 *
 * @param file its PEM file
 * @param key the PEM file of its key
 */
record Certificate(Path file, Path key) {

  static boolean isPossible() {
    return Shell.find("openssl").isPresent();
  }

  /** The one of a folder, made by the first who asks. */
  static Certificate in(Path folder) throws IOException, InterruptedException {
    Certificate certificate =
        new Certificate(folder.resolve("tls-certificate.pem"), folder.resolve("tls-key.pem"));
    if (!Files.exists(certificate.file)) {
      String program = Shell.find("openssl").orElseThrow().toString();
      Shell.output(
          Map.of(),
          List.of(
              program,
              "req",
              "-x509",
              "-newkey",
              "ec",
              "-pkeyopt",
              "ec_paramgen_curve:P-256",
              "-nodes",
              "-days",
              "2",
              "-subj",
              "/CN=127.0.0.1",
              "-addext",
              "subjectAltName=IP:127.0.0.1",
              "-keyout",
              certificate.key.toString(),
              "-out",
              certificate.file.toString()));
    }
    return certificate;
  }
}
