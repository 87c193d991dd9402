package io.orlop.platform.log;

/** How lines of the log are written. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** One JSON object a line, for machines. */
  JSON
}
