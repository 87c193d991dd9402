package io.orlop.system.tls;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Opens HTTPS where there is a certificate, and gives HTTP/2 room for large bodies. */
@ApplicationScoped
class TlsServer implements HttpServerOptionsCustomizer {
  /**
   * What HTTP/2 demands and browsers still offer: forward secrecy and authenticated encryption. 128
   * bits come first, being faster and no weaker in practice.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9325#section-4.2">RFC 9325, cipher suites</a>
   */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /**
   * How much of one body a client may send ahead. The protocol's 64 KiB make an upload from 50 ms
   * away wait after each 64 KiB.
   */
  private static final int STREAM_WINDOW = 2 * 1024 * 1024;

  /** The same for all bodies of one connection: what it may cost in memory. */
  private static final int CONNECTION_WINDOW = 8 * 1024 * 1024;

  private final TlsConfig config;
  private final TlsCertificate certificate;

  TlsServer(TlsConfig config, TlsCertificate certificate) {
    this.config = config;
    this.certificate = certificate;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    widen(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    certificate
        .keys()
        .ifPresent(keys -> {
          options
              .setSsl(true)
              .setPort(config.port())
              .setKeyCertOptions(keys)
              .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
          CIPHERS.forEach(options::addEnabledCipherSuite);
          widen(options);
        });
  }

  private static void widen(HttpServerOptions options) {
    options.getInitialSettings().setInitialWindowSize(STREAM_WINDOW);
    options.setHttp2ConnectionWindowSize(CONNECTION_WINDOW);
  }
}
