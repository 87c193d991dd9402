package io.orlop.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The media types that a client says it can read: a parsed {@code Accept} header.
 *
 * <p>Members that follow no grammar are left out, and a header without a readable member accepts
 * anything, as if it were missing. Parsing takes time linear in the header's length.
 *
 * @param ranges the readable members, in their order
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, Accept</a>
 */
public record AcceptHeader(List<Range> ranges) {

  /**
   * One member of the header.
   *
   * @param type the type in lower case, or {@code *}
   * @param subtype the subtype in lower case, or {@code *}
   * @param refused whether the weight is zero
   */
  public record Range(String type, String subtype, boolean refused) {

    /** Returns how closely this describes the essence: 3 exactly, 2, 1 loosely, 0 not at all. */
    private int closeness(String otherType, String otherSubtype) {
      if (type.equals("*")) {
        return 1;
      }
      if (!type.equals(otherType)) {
        return 0;
      }
      return subtype.equals("*") ? 2 : subtype.equals(otherSubtype) ? 3 : 0;
    }
  }

  public AcceptHeader {
    ranges = List.copyOf(ranges);
  }

  /**
   * Parses all {@code Accept} headers of a request.
   *
   * @param values the headers' values, none if the request has no such header
   */
  public static AcceptHeader parse(List<String> values) {
    var ranges = new ArrayList<Range>();
    for (String value : values) {
      for (String member : splitOutsideQuotes(value, ',')) {
        addRange(member, ranges);
      }
    }
    return new AcceptHeader(ranges);
  }

  /**
   * Tells whether the client can read a media type. The closest member decides, so that {@code
   * a/b;q=0, *}{@code /*} accepts everything but {@code a/b}.
   */
  public boolean accepts(MediaType mediaType) {
    String essence = mediaType.essence().toLowerCase(Locale.ROOT);
    int slash = essence.indexOf('/');
    String type = essence.substring(0, slash);
    String subtype = essence.substring(slash + 1);
    int closest = 0;
    boolean accepted = ranges.isEmpty();
    for (Range range : ranges) {
      int closeness = range.closeness(type, subtype);
      if (closeness > closest) {
        closest = closeness;
        accepted = !range.refused();
      } else if (closeness > 0 && closeness == closest) {
        accepted |= !range.refused();
      }
    }
    return accepted;
  }

  private static void addRange(String member, List<Range> ranges) {
    List<String> parts = splitOutsideQuotes(member, ';');
    String essence = parts.getFirst().strip().toLowerCase(Locale.ROOT);
    // Old Java clients write a lone star for anything.
    String range = essence.equals("*") ? "*/*" : essence;
    int slash = range.indexOf('/');
    if (slash <= 0 || slash != range.lastIndexOf('/') || slash == range.length() - 1) {
      return;
    }
    String type = range.substring(0, slash);
    String subtype = range.substring(slash + 1);
    if (type.equals("*") && !subtype.equals("*")) {
      return;
    }
    ranges.add(new Range(type, subtype, hasZeroWeight(parts)));
  }

  private static boolean hasZeroWeight(List<String> parts) {
    for (String part : parts.subList(1, parts.size())) {
      String parameter = part.strip().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("q=")) {
        return isZero(parameter.substring(2).strip());
      }
    }
    return false;
  }

  private static boolean isZero(String weight) {
    return weight.startsWith("0") && weight.chars().allMatch(c -> c == '0' || c == '.');
  }

  private static List<String> splitOutsideQuotes(String text, char separator) {
    var parts = new ArrayList<String>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }
}
