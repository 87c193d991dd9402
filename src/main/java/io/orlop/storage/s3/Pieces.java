package io.orlop.storage.s3;

import io.orlop.storage.StorageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects of one upload.
 *
 * @param current what its bytes are in, in their order
 * @param superseded what held bytes of it before, and is not needed once this is recorded for good
 */
record Pieces(List<Piece> current, List<String> superseded) {
  static final Pieces NONE = new Pieces(List.of(), List.of());

  /**
   * Bytes that follow each other, in one object.
   *
   * @param name the object's name, below the upload's
   * @param size how many bytes, at least one
   */
  record Piece(String name, long size) {}

  Pieces {
    current = List.copyOf(current);
    superseded = List.copyOf(superseded);
  }

  long size() {
    return current.stream().mapToLong(Piece::size).sum();
  }

  /** Returns the names of all objects, superseded ones too. */
  List<String> names() {
    return Stream.concat(current.stream().map(Piece::name), superseded.stream()).toList();
  }

  Pieces with(Piece next) {
    return new Pieces(plus(current, next), superseded);
  }

  /** Takes the last piece away: its bytes go into the next one. */
  Pieces withoutLast() {
    return new Pieces(
        current.subList(0, current.size() - 1), plus(superseded, current.getLast().name()));
  }

  /** Puts one piece in the place of all. */
  Pieces joined(Piece whole) {
    return new Pieces(List.of(whole), names());
  }

  Pieces forget(List<String> deleted) {
    return new Pieces(
        current, superseded.stream().filter(name -> !deleted.contains(name)).toList());
  }

  private static <T> List<T> plus(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  /** Writes the pieces down: {@code name=size} each, superseded ones {@code -name}. */
  String text() {
    return Stream.concat(
            current.stream().map(piece -> piece.name() + "=" + piece.size()),
            superseded.stream().map(name -> "-" + name))
        .collect(Collectors.joining(" "));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws StorageException of kind {@code NOT_FOUND} if it is something else
   */
  static Pieces parse(String text) {
    List<Piece> current = new ArrayList<>();
    List<String> superseded = new ArrayList<>();
    try {
      for (String word : Arrays.stream(text.split(" ", -1)).filter(w -> !w.isEmpty()).toList()) {
        if (word.startsWith("-")) {
          superseded.add(word.substring(1));
        } else {
          int equals = word.indexOf('=');
          current.add(
              new Piece(word.substring(0, equals), Long.parseLong(word.substring(equals + 1))));
        }
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new StorageException(
          StorageException.Kind.NOT_FOUND,
          "What was recorded of the upload's pieces cannot be read: begin the upload again.",
          e);
    }
    return new Pieces(current, superseded);
  }
}
