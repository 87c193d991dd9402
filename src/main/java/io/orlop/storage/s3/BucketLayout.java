package io.orlop.storage.s3;

import io.orlop.storage.StorageKey;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of objects: {@code <prefix>blobs/<key>}, {@code <prefix>uploads/<upload>/<piece>}.
 *
 * @param prefix empty, or ends with a slash and does not begin with one
 */
record BucketLayout(String prefix) {
  private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** Reads the prefix as people write it. */
  static BucketLayout of(String setting) {
    String inner = setting.strip().replaceAll("^/+|/+$", "");
    return new BucketLayout(inner.isEmpty() ? "" : inner + "/");
  }

  String blobs() {
    return prefix + "blobs/";
  }

  String blob(StorageKey key) {
    return blobs() + key;
  }

  String marker() {
    return blobs() + ".orlop-store";
  }

  String probe() {
    return uploads() + ".orlop-probe";
  }

  String uploads() {
    return prefix + "uploads/";
  }

  String upload(UUID upload) {
    return uploads() + upload + "/";
  }

  String piece(UUID upload, String piece) {
    return upload(upload) + piece;
  }

  /** Returns the upload that an object belongs to; empty if it is no piece of one. */
  Optional<UUID> uploadOf(String key) {
    Matcher matcher = Pattern.compile(Pattern.quote(uploads()) + "(" + ID + ")/.*").matcher(key);
    return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
  }
}
