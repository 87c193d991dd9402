package io.orlop.api;

import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The parameters of every list, as they were sent. */
public record ListQuery(
    @RestQuery @Nullable String q,
    @RestQuery @Nullable String sort,
    @RestQuery @Nullable String page,
    @RestQuery("page_size") @Nullable String pageSize) {

  /** Returns which part is asked for. */
  public PageRequest pageRequest() {
    return PageRequest.parse(page, pageSize);
  }
}
