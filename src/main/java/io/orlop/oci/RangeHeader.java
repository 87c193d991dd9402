package io.orlop.oci;

import io.orlop.oci.ByteRange.Part;
import io.orlop.oci.ByteRange.Parts;
import io.orlop.oci.ByteRange.Unsatisfiable;
import io.orlop.oci.ByteRange.Whole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code Range} header for content of one size.
 *
 * @param size the size of the content in bytes
 */
record RangeHeader(long size) {
  private static final String UNIT = "bytes=";
  private static final Pattern RANGE = Pattern.compile("([0-9]*+)-([0-9]*+)");
  private static final int DIGITS_OF_A_LONG = 18;

  /** Reads the header as {@link ByteRange#parse} describes it. */
  ByteRange read(String header) {
    if (!header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return new Whole();
    }
    var matches = new ArrayList<Matcher>();
    // Empty members are allowed in every list of HTTP.
    for (String member : header.substring(UNIT.length()).split(",", -1)) {
      Matcher match = RANGE.matcher(member.strip());
      if (match.matches() && match.group().length() > 1) {
        matches.add(match);
      } else if (!member.isBlank()) {
        return new Whole();
      }
      if (matches.size() > ByteRange.MAX_PARTS) {
        return new Whole();
      }
    }
    return matches.isEmpty() ? new Whole() : resolve(matches);
  }

  private ByteRange resolve(List<Matcher> matches) {
    var parts = new ArrayList<Part>();
    for (Matcher match : matches) {
      if (match.group(1).isEmpty()) {
        long suffix = saturated(match.group(2));
        if (size == 0 && suffix > 0) {
          // Satisfiable by the letter, yet there is no way to write "no bytes" in a 206.
          return new Whole();
        }
        addPart(parts, Math.max(0, size - suffix), size - 1);
      } else {
        long end = match.group(2).isEmpty() ? Long.MAX_VALUE : saturated(match.group(2));
        addPart(parts, saturated(match.group(1)), Math.min(end, size - 1));
      }
    }
    return parts.isEmpty() ? new Unsatisfiable() : new Parts(joined(parts));
  }

  private static void addPart(List<Part> parts, long start, long last) {
    if (start <= last) {
      parts.add(new Part(start, last - start + 1));
    }
  }

  private static List<Part> joined(List<Part> parts) {
    var joined = new ArrayList<Part>();
    for (Part part : parts.stream().sorted(Comparator.comparingLong(Part::offset)).toList()) {
      if (joined.isEmpty() || joined.getLast().last() < part.offset()) {
        joined.add(part);
      } else {
        Part before = joined.removeLast();
        long last = Math.max(before.last(), part.last());
        joined.add(new Part(before.offset(), last - before.offset() + 1));
      }
    }
    return joined.size() == parts.size() ? parts : joined;
  }

  /** Reads digits; what is too large for a long is beyond any content in any case. */
  private static long saturated(String digits) {
    int zeros = 0;
    while (zeros < digits.length() && digits.charAt(zeros) == '0') {
      zeros++;
    }
    String significant = digits.substring(zeros);
    if (significant.isEmpty()) {
      return 0;
    }
    return significant.length() > DIGITS_OF_A_LONG ? Long.MAX_VALUE : Long.parseLong(significant);
  }
}
