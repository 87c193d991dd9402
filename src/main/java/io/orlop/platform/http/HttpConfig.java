package io.orlop.platform.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** How clients reach this registry. */
@ConfigMapping(prefix = "orlop.http")
public interface HttpConfig {

  /**
   * The URL that clients use, such as {@code https://registry.example.com}. Advertised as the
   * address of the token service. Without it the address is taken from each request: from {@code
   * Forwarded} or {@code X-Forwarded-*} headers that a proxy on a loopback or private address sent,
   * else from the {@code Host} header.
   */
  @WithConverter(UrlConverter.class)
  Optional<PublicUrl> externalUrl();

  /**
   * The addresses of proxies (CIDR, comma-separated) whose word about the client's own address
   * counts, as far as it is looked at. Without it the address of the connection counts.
   */
  Optional<List<@WithConverter(NetworkConverter.class) Network>> trustedProxies();

  /** Reads an address. */
  final class UrlConverter implements Converter<PublicUrl> {
    private static final long serialVersionUID = 1L;

    @Override
    public PublicUrl convert(String value) {
      return PublicUrl.parse(value);
    }
  }

  /** Reads a range of addresses. */
  final class NetworkConverter implements Converter<Network> {
    private static final long serialVersionUID = 1L;

    @Override
    public Network convert(String value) {
      return Network.parse(value);
    }
  }
}
