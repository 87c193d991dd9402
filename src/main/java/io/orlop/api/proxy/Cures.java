package io.orlop.api.proxy;

/** What to do, in words that can be copied. */
final class Cures {
  private Cures() {}

  static String externalUrl(Examination examination) {
    return "ORLOP_HTTP_EXTERNAL_URL=" + examination.supposed() + ".";
  }

  static String passOn(String header, String ownVariable, Examination examination) {
    if (examination.hops() > 1) {
      String incoming = "$http_" + header.toLowerCase(java.util.Locale.ROOT).replace('-', '_');
      return "Several proxies stand before Orlop, and the inner one says how it was itself reached."
          + " Let it pass on what the outer one says (nginx: proxy_set_header %s %s;), or set "
              .formatted(header, incoming)
          + externalUrl(examination);
    }
    return "Let the proxy say it (nginx: proxy_set_header %s %s;), or set "
            .formatted(header, ownVariable)
        + externalUrl(examination);
  }
}
