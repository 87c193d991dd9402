package io.orlop.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Link} header of a page, in Harbor's form: parameters in alphabetical order, the
 * previous page first.
 *
 * <p>Harbor writes the query unescaped. So do we, but for what would change its meaning or break
 * the header.
 *
 * @param path the list's path
 * @param query the query of the request, as it was sent
 */
record PageLinks(String path, @Nullable String query) {
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final Pattern UNSAFE = Pattern.compile("[^!#-;=?-~]");
  private static final String READABLE = "=~,:/@!$'()*?[]{}";

  /** Returns the header's value, empty if there is no other page. */
  String header(PageRequest page, long total) {
    List<String> links = new ArrayList<>();
    if (page.hasPrevious(total)) {
      links.add(link(page.number() - 1, page.size(), "prev"));
    }
    if (page.hasNext(total)) {
      links.add(link(page.number() + 1, page.size(), "next"));
    }
    return String.join(" , ", links);
  }

  private String link(long number, int size, String relation) {
    String parameters =
        Stream.concat(others(), Stream.of("page=" + number, "page_size=" + size))
            .sorted(Comparator.comparing(PageLinks::name))
            .collect(Collectors.joining("&"));
    return "<" + path + "?" + parameters + ">; rel=\"" + relation + "\"";
  }

  private Stream<String> others() {
    return query == null
        ? Stream.empty()
        : Arrays.stream(query.split("&"))
            .filter(pair -> !pair.isEmpty())
            .filter(pair -> !name(pair).equals("page") && !name(pair).equals("page_size"))
            .map(PageLinks::readable);
  }

  private static String name(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0 ? pair : pair.substring(0, equals);
  }

  private static String readable(String text) {
    String unescaped =
        ESCAPE
            .matcher(text)
            .replaceAll(escape -> {
              char value = (char) Integer.parseInt(escape.group(1), 16);
              boolean plain = READABLE.indexOf(value) >= 0;
              return Matcher.quoteReplacement(plain ? String.valueOf(value) : escape.group());
            });
    return UNSAFE.matcher(unescaped).replaceAll(unsafe -> escaped(unsafe.group()));
  }

  private static String escaped(String text) {
    return Matcher.quoteReplacement(
        java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8));
  }
}
