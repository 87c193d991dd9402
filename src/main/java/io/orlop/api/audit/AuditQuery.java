package io.orlop.api.audit;

import io.orlop.api.PageRequest;
import io.orlop.notify.audit.AuditLog;
import io.orlop.platform.query.Criteria;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The parameters of a list of entries. */
record AuditQuery(
    @RestQuery @Nullable String q,
    @RestQuery @Nullable String sort,
    @RestQuery @Nullable String page,
    @RestQuery("page_size") @Nullable String pageSize) {
  Criteria criteria() {
    return AuditLog.LISTING.read(q, sort);
  }

  PageRequest pageRequest() {
    return PageRequest.parse(page, pageSize);
  }
}
