package io.orlop.catalog.blob;

import java.util.Locale;

/** What is wrong with the bytes of a blob. */
public enum Damage {
  /** There are none, although the store itself is there. */
  MISSING("its bytes are gone"),
  /** There are more or fewer than were stored. */
  LENGTH("its bytes are more or fewer than were stored"),
  /** They have another digest. */
  CONTENT("its bytes have changed"),
  /** The store fails whenever it reads them. */
  UNREADABLE("its bytes cannot be read");

  private final String words;

  Damage(String words) {
    this.words = words;
  }

  /** Returns what happened, in words for an operator. */
  public String words() {
    return words;
  }

  /** Returns how the damage is written in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
