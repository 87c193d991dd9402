package io.orlop.api.audit;

import io.orlop.api.ApiCall;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.notify.audit.AuditLog;
import io.orlop.notify.audit.LoggedEntry;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** Answers with pages of entries, in the shape that an operation has. */
@ApplicationScoped
class AuditAnswers {
  private final AuditLog log;
  private final ApiCall call;
  private final Pages pages;

  AuditAnswers(AuditLog log, ApiCall call, Pages pages) {
    this.log = log;
    this.call = call;
    this.pages = pages;
  }

  /** What the caller may see. */
  <T> RestResponse<List<T>> ofCaller(
      AuditQuery query, HttpServerRequest request, Function<LoggedEntry, T> shape) {
    PageRequest page = query.pageRequest();
    AuditLog.Page found = log.list(call.principal(), query.criteria(), page.limit(), page.offset());
    return answer(found, page, request, shape);
  }

  /** What happened in the project in the path. */
  <T> RestResponse<List<T>> ofProject(
      AuditQuery query, HttpServerRequest request, Function<LoggedEntry, T> shape) {
    PageRequest page = query.pageRequest();
    AuditLog.Page found =
        log.list(call.project().projectId(), query.criteria(), page.limit(), page.offset());
    return answer(found, page, request, shape);
  }

  private <T> RestResponse<List<T>> answer(
      AuditLog.Page found,
      PageRequest page,
      HttpServerRequest request,
      Function<LoggedEntry, T> shape) {
    return pages.answer(found.entries().stream().map(shape).toList(), found.total(), page, request);
  }
}
