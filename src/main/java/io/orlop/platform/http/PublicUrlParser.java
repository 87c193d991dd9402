package io.orlop.platform.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the address that somebody configured or typed. */
final class PublicUrlParser {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>https?)://(?<authority>[^/?#@]+)(?<path>(?:/[A-Za-z0-9._~-]++)*+)/*+",
          Pattern.CASE_INSENSITIVE);

  private PublicUrlParser() {}

  static PublicUrl parse(String url) {
    Matcher matcher = FORM.matcher(url.strip());
    if (!matcher.matches() || !HostNames.isAuthority(matcher.group("authority"))) {
      throw new IllegalArgumentException(
          "expected an address like https://registry.example.com, not \"" + url + "\"");
    }
    String scheme = matcher.group("scheme").toLowerCase(Locale.ROOT);
    return new PublicUrl(
        scheme,
        HostNames.withoutDefaultPort(matcher.group("authority"), scheme),
        matcher.group("path"));
  }
}
