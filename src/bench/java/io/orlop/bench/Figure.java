package io.orlop.bench;

/**
 * One number of one sample.
 *
 * @param name what it is, in a word or two
 */
record Figure(String name, Unit unit, double value) {}
