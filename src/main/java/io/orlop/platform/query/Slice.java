package io.orlop.platform.query;

/**
 * A part of a list as SQL: so many items after so many others.
 *
 * <p>The size of a page is written as a number, and no offset where nothing is passed over.
 * PostgreSQL takes a parameter in their place for a tenth of all rows, finds the plan that it could
 * keep dearer than one for the page at hand, and so plans anew for each request; for some lists
 * that takes longer than to read the page.
 *
 * @param limit at most how many items to read
 * @param offset how many items come before them
 */
public record Slice(long limit, long offset) {
  /** Each number is a statement of its own to PostgreSQL, so only those of pages are written. */
  private static final long LARGEST_PAGE = 100;

  /** Returns the end of a query, with a space before it. */
  public String sql() {
    String limited = limit <= LARGEST_PAGE ? " LIMIT " + limit : " LIMIT ?";
    return offset == 0 ? limited : limited + " OFFSET ?";
  }

  /** Returns what its question marks stand for. */
  public Object[] parameters() {
    if (limit <= LARGEST_PAGE) {
      return offset == 0 ? new Object[0] : new Object[] {offset};
    }
    return offset == 0 ? new Object[] {limit} : new Object[] {limit, offset};
  }

  /**
   * Returns the same part as seen from the list's other end.
   *
   * @param total how many items the list has, more than the offset
   */
  public Slice fromEnd(long total) {
    long size = Math.min(limit, total - offset);
    return new Slice(size, total - offset - size);
  }
}
