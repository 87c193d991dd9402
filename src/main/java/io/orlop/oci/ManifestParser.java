package io.orlop.oci;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a manifest into what they say.
 *
 * <p>Members that no specification knows are skipped, whatever they hold. Media types that nobody
 * has heard of are fine: what such a manifest is, its members tell.
 */
public final class ManifestParser {
  private static final String SCHEMA_1 =
      "Docker image manifest version 2, schema 1, is not supported; push the image again with a"
          + " current client";

  private ManifestParser() {}

  /**
   * Parses a manifest.
   *
   * <p>The document's media type is its own or, without one, that of the upload; with neither, what
   * its members suggest. Whether the content that it describes exists is not looked at.
   *
   * @param body the bytes, which have to be one JSON object in UTF-8
   * @param contentType the media type of the upload; null if none was given
   * @throws InvalidManifestException if the bytes are no manifest, contradict themselves or the
   *     upload's media type, or are of Docker's schema 1; the message is fit for the client
   */
  public static Manifest parse(byte[] body, @Nullable MediaType contentType) {
    refuseSchema1(contentType);
    try {
      var outline = ManifestOutline.read(body);
      refuseSchema1(outline.mediaType());
      MediaType declared = declaredType(outline, contentType);
      checkSchemaVersion(outline, declared);
      return ManifestReader.read(body, ManifestKind.of(outline, declared), declared);
    } catch (StreamConstraintsException e) {
      throw new InvalidManifestException(
          "JSON is nested more than "
              + JsonCursor.MAX_DEPTH
              + " levels deep, or has a name or number that is too long",
          e);
    } catch (JacksonException e) {
      throw new InvalidManifestException("not well-formed JSON" + position(e), e);
    } catch (CharacterCodingException e) {
      throw new InvalidManifestException("not UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseSchema1(@Nullable MediaType mediaType) {
    if (mediaType != null && mediaType.isDockerSchema1()) {
      throw new InvalidManifestException(SCHEMA_1);
    }
  }

  private static @Nullable MediaType declaredType(
      ManifestOutline outline, @Nullable MediaType contentType) {
    MediaType own = outline.mediaType();
    if (own != null && contentType != null && !own.equals(contentType)) {
      throw new InvalidManifestException(
          "its mediaType is \"%s\", but it was sent as \"%s\""
              .formatted(
                  InvalidValueException.shown(own.value()),
                  InvalidValueException.shown(contentType.value())));
    }
    return own == null ? contentType : own;
  }

  private static void checkSchemaVersion(ManifestOutline outline, @Nullable MediaType declared) {
    Long version = outline.schemaVersion();
    if (version == null) {
      // The one manifest that was specified without it.
      if (!MediaType.OCI_ARTIFACT_MANIFEST.equals(declared)) {
        throw new InvalidManifestException("it has no schemaVersion; expected 2");
      }
    } else if (version == 1) {
      throw new InvalidManifestException(SCHEMA_1);
    } else if (version != 2) {
      throw new InvalidManifestException("its schemaVersion is " + version + "; expected 2");
    }
  }

  private static String position(JacksonException e) {
    var location = e.getLocation();
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
