package io.orlop.bench;

/**
 * One number of one sample.
 *
 * @param name what it is, in a word or two
 * @param note what a reader must know of it; or empty
 */
record Figure(String name, Unit unit, double value, String note) {
  /** One of which there is nothing more to say. */
  Figure(String name, Unit unit, double value) {
    this(name, unit, value, "");
  }

  /** The same with something that a reader must know of it. */
  Figure noting(String text) {
    return new Figure(name, unit, value, text);
  }
}
