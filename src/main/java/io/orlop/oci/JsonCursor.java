package io.orlop.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a foreign JSON document and reads what is asked for, without building a tree of the
 * rest: the memory used is bounded by what the caller keeps.
 *
 * <p>Each reading method is called on a value's first token and leaves the cursor on its last.
 * {@code where} names the value in messages. JSON's null counts as an absent value.
 */
final class JsonCursor implements AutoCloseable {
  static final int MAX_DEPTH = 100;

  // Foreign names are neither interned nor remembered: both are shared by all documents.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  /** Reads the value of one member of an object. */
  interface MemberReader {
    void read(String name) throws IOException;
  }

  /** Reads one element of an array. */
  interface ElementReader<T> {
    T read(String where) throws IOException;
  }

  private final JsonParser json;

  /** Starts on a document's first token. Bytes that are no UTF-8 fail when they are reached. */
  JsonCursor(byte[] document) throws IOException {
    json =
        FACTORY.createParser(
            new InputStreamReader(
                new ByteArrayInputStream(document), StandardCharsets.UTF_8.newDecoder()));
    json.nextToken();
  }

  /** Reads an object's members of the wanted names, each at most once, and skips the others. */
  void members(String where, Set<String> wanted, MemberReader reader) throws IOException {
    require(JsonToken.START_OBJECT, where, "an object");
    var seen = new HashSet<String>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (!wanted.contains(name)) {
        json.skipChildren();
      } else if (seen.add(name)) {
        reader.read(name);
      } else {
        throw new InvalidManifestException(where + " has \"" + name + "\" twice");
      }
    }
  }

  /** Reads an array; an absent one is empty. */
  <T> List<T> elements(String where, ElementReader<T> reader) throws IOException {
    if (isNull()) {
      return List.of();
    }
    require(JsonToken.START_ARRAY, where, "an array");
    var elements = new ArrayList<T>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(reader.read(where + "[" + elements.size() + "]"));
    }
    return elements;
  }

  /** Reads an object whose values are all texts; an absent one is empty. */
  Map<String, String> textsByName(String where) throws IOException {
    if (isNull()) {
      return Map.of();
    }
    require(JsonToken.START_OBJECT, where, "an object");
    var texts = new LinkedHashMap<String, String>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = storable(json.currentName(), where);
      json.nextToken();
      String at = where + "[\"" + InvalidValueException.shown(name) + "\"]";
      if (texts.put(name, text(at)) != null) {
        throw new InvalidManifestException(at + " is there twice");
      }
    }
    return Collections.unmodifiableMap(texts);
  }

  /** Reads a text, which has to be there. */
  String text(String where) throws IOException {
    require(JsonToken.VALUE_STRING, where, "a string");
    return storable(json.getText(), where);
  }

  /** Reads a text; one that is absent or empty is null. */
  @Nullable String optionalText(String where) throws IOException {
    if (isNull()) {
      return null;
    }
    String text = text(where);
    return text.isEmpty() ? null : text;
  }

  /** Reads a media type, which has to be there. */
  MediaType mediaType(String where) throws IOException {
    try {
      return MediaType.parse(text(where));
    } catch (InvalidMediaTypeException e) {
      throw new InvalidManifestException(where + ": " + e.getMessage(), e);
    }
  }

  /** Reads a whole number, written without fraction and exponent. */
  long number(String where) throws IOException {
    require(JsonToken.VALUE_NUMBER_INT, where, "a whole number");
    String digits = json.getText();
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new InvalidManifestException(where + " is a number that is too large", e);
    }
  }

  /** Skips the value, whatever it holds. */
  void skip() throws IOException {
    json.skipChildren();
  }

  /** Tells whether the value is null, which counts as absent. */
  boolean isNull() {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Fails if anything but blanks follows the document. */
  void requireEnd() throws IOException {
    if (json.nextToken() != null) {
      throw new InvalidManifestException("something follows the end of the JSON document");
    }
  }

  private void require(JsonToken token, String where, String what) {
    if (json.currentToken() != token) {
      throw new InvalidManifestException(where + " is not " + what);
    }
  }

  /** Refuses what no database text can hold: NUL, and halves of surrogate pairs. */
  private static String storable(String text, String where) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || (Character.isSurrogate(c) && !isPair(text, i++))) {
        throw new InvalidManifestException(where + " holds a NUL or half of a surrogate pair");
      }
    }
    return text;
  }

  private static boolean isPair(String text, int index) {
    return index + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
