package io.orlop.registry.v2;

import io.orlop.oci.Digest;
import org.jspecify.annotations.Nullable;

/** Entity tags: the digest in quotes. Clients send them with and without quotes. */
final class ETags {
  private ETags() {}

  static String of(Digest digest) {
    return '"' + digest.toString() + '"';
  }

  /** Tells whether a conditional header names a digest, or anything ({@code *}). */
  static boolean matches(@Nullable String header, Digest digest) {
    if (header == null) {
      return false;
    }
    for (String candidate : header.split(",", -1)) {
      String tag = candidate.strip();
      if (tag.startsWith("W/")) {
        tag = tag.substring(2);
      }
      if (tag.equals("*") || tag.equals(of(digest)) || tag.equals(digest.toString())) {
        return true;
      }
    }
    return false;
  }
}
