package io.orlop.catalog.inventory;

/** What is to be told of artifacts besides themselves. */
public record Details(boolean tags, boolean labels, boolean accessories) {
  /** The artifact alone. */
  public static final Details NONE = new Details(false, false, false);
}
