package io.orlop.catalog.inventory;

/**
 * Which part of a list is wanted.
 *
 * @param limit at most how many items
 * @param offset how many items come before
 */
public record Window(long limit, long offset) {}
