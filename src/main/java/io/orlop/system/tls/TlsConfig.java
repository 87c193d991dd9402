package io.orlop.system.tls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Own TLS, beside HTTP or instead of it. Off unless a certificate and its key are named. */
@ConfigMapping(prefix = "orlop.tls")
public interface TlsConfig {

  /**
   * A PEM file with the certificate and after it those of the authorities in between. Looked at
   * every five seconds: a new pair is used for new connections, without a restart.
   */
  Optional<Path> certificate();

  /** A PEM file with the certificate's private key (PKCS#8, PKCS#1 or EC), not encrypted. */
  Optional<Path> key();

  /** The TCP port of HTTPS, 0 to 65535; 0 takes a free one. */
  @WithDefault("8443")
  int port();

  /**
   * Whether HTTP without TLS is served too, on {@code orlop.port}: {@code enabled} or {@code
   * disabled}. Only with a certificate can it be disabled.
   */
  @WithDefault("enabled")
  PlainHttp plainHttp();

  /**
   * Whether a browser that asks for a page without TLS is sent to HTTPS. Container clients and the
   * REST API are always answered where they ask, since they do not follow.
   */
  @WithDefault("true")
  boolean redirectBrowsers();

  /** What becomes of HTTP without TLS. */
  enum PlainHttp {
    /** It is served. */
    ENABLED,
    /** Its port stays closed. */
    DISABLED
  }
}
