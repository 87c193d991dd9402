package io.orlop.system.console;

import java.io.PrintWriter;

/**
 * Where a command writes, and how it learns that it should end.
 *
 * @param out what was asked for
 * @param err how it gets on, and what went wrong
 */
public record Console(PrintWriter out, PrintWriter err, Interruption interruption) {

  /** Prints a line of the result. */
  public void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Tells how it gets on. */
  public void tell(String line) {
    err.println(line);
    err.flush();
  }
}
