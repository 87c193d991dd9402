package io.orlop.registry.v2;

import io.orlop.platform.http.PublicUrl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of names, with a link to the next one.
 *
 * @param n how many names were asked for
 * @param last the last name of the page before, which need not exist
 */
record NamePage(@Nullable String n, @Nullable String last) {

  /**
   * Answers with the page.
   *
   * @param names lists at most so many names after one
   * @param body makes the body of the page's names
   */
  Response answer(
      PublicUrl url,
      String path,
      BiFunction<String, Integer, List<String>> names,
      Function<List<String>, Object> body) {
    int size = PageSize.parse(n);
    String after = last == null ? "" : last;
    List<String> found = names.apply(after, size == 0 ? 0 : size + 1);
    boolean more = found.size() > size;
    List<String> page = more ? found.subList(0, size) : found;
    ResponseBuilder response = Response.ok(body.apply(page)).type(MediaType.APPLICATION_JSON_TYPE);
    if (more) {
      response.header(
          Headers.LINK,
          "<%s%s?last=%s&n=%d>; rel=\"next\""
              .formatted(url.prefix(), path, Paths.encoded(page.getLast()), size));
    }
    return response.build();
  }
}
