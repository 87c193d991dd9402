package io.orlop.api.proxy;

import io.orlop.platform.http.PublicUrl;

/** Compares addresses. */
final class Addresses {
  private Addresses() {}

  static boolean same(PublicUrl one, PublicUrl other) {
    return one.scheme().equals(other.scheme())
        && sameHost(one, other)
        && one.port() == other.port();
  }

  static boolean sameHost(PublicUrl one, PublicUrl other) {
    return one.host().equalsIgnoreCase(other.host());
  }
}
