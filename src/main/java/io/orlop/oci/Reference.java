package io.orlop.oci;

/** What a client asks a manifest by: a tag, or the manifest's digest. */
public sealed interface Reference {

  /**
   * A reference by tag.
   *
   * @param name the tag
   */
  record ByTag(TagName name) implements Reference {
    @Override
    public String toString() {
      return name.toString();
    }
  }

  /**
   * A reference by digest.
   *
   * @param digest the manifest's digest
   */
  record ByDigest(Digest digest) implements Reference {
    @Override
    public String toString() {
      return digest.toString();
    }
  }

  /**
   * Parses the last part of a manifest's path. A text with a colon is taken as a digest, since no
   * tag has one.
   *
   * @throws InvalidDigestException if the text has a colon and is no supported digest
   * @throws InvalidNameException if the text has no colon and is no tag
   */
  static Reference parse(String text) {
    return text.indexOf(':') >= 0 ? new ByDigest(Digest.parse(text)) : new ByTag(new TagName(text));
  }
}
