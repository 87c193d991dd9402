package io.orlop.platform.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes requests as lines. Whatever a client sent, one request is one line. For one thread: it
 * remembers the time that it wrote last, since those who pull bring many lines in a millisecond.
 */
final class AccessLines {
  private static final int LONGEST = 512;
  private static final JsonFactory FACTORY = new JsonFactory();

  private final LogFormat format;
  private final DateTimeFormatter time;
  private long lastMillis;
  private String lastTime;

  /**
   * Writes lines of one form.
   *
   * @param timePattern how other lines of the log write their time
   */
  AccessLines(LogFormat format, String timePattern) {
    this.format = format;
    this.time =
        DateTimeFormatter.ofPattern(timePattern, Locale.ROOT).withZone(ZoneId.systemDefault());
    this.lastTime = time.format(Instant.ofEpochMilli(lastMillis));
  }

  /** Appends a line with its end. */
  void append(AccessEntry entry, StringBuilder line) {
    switch (format) {
      case TEXT -> appendText(entry, line);
      case JSON -> line.append(json(entry));
    }
  }

  private String time(AccessEntry entry) {
    if (entry.atMillis() != lastMillis) {
      lastMillis = entry.atMillis();
      lastTime = time.format(Instant.ofEpochMilli(lastMillis));
    }
    return lastTime;
  }

  private void appendText(AccessEntry entry, StringBuilder line) {
    line.append(time(entry)).append(" INFO  [i.o.access] [").append(entry.requestId()).append("] ");
    append(line, entry.client());
    line.append(' ');
    append(line, entry.principal().isEmpty() ? "-" : entry.principal());
    line.append(" \"");
    append(line, entry.method());
    line.append(' ');
    append(line, entry.path());
    line.append("\" ").append(entry.status());
    line.append(entry.complete() ? " " : " aborted ");
    line.append("received=").append(entry.received());
    line.append(" sent=").append(entry.sent()).append(' ');
    line.append(entry.nanos() / 1_000_000).append('.');
    line.append(entry.nanos() / 100_000 % 10).append("ms \"");
    append(line, entry.agent());
    line.append("\"\n");
  }

  /** Appends what somebody else wrote, so that it can neither end a line nor a quotation. */
  private static void append(StringBuilder line, String foreign) {
    int length = Math.min(foreign.length(), LONGEST);
    for (int i = 0; i < length; i++) {
      char c = foreign.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        line.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          line.append(Character.forDigit((c >> shift) & 0xf, 16));
        }
      } else {
        line.append(c);
      }
    }
  }

  private CharSequence json(AccessEntry entry) {
    StringWriter line = new StringWriter(384);
    try (JsonGenerator json = FACTORY.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("timestamp", time(entry));
      json.writeStringField("level", "INFO");
      json.writeStringField("loggerName", "io.orlop.access");
      json.writeStringField("requestId", entry.requestId());
      json.writeStringField("client", cut(entry.client()));
      json.writeStringField("principal", cut(entry.principal()));
      json.writeStringField("method", cut(entry.method()));
      json.writeStringField("path", cut(entry.path()));
      json.writeNumberField("status", entry.status());
      json.writeBooleanField("complete", entry.complete());
      json.writeNumberField("received", entry.received());
      json.writeNumberField("sent", entry.sent());
      json.writeNumberField("micros", entry.nanos() / 1_000);
      json.writeStringField("userAgent", cut(entry.agent()));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.append('\n').getBuffer();
  }

  private static String cut(String foreign) {
    return foreign.length() <= LONGEST ? foreign : foreign.substring(0, LONGEST);
  }
}
