package io.orlop.catalog.inventory;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.query.Condition;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients may ask of lists of artifacts {@code a} in repositories {@code r}. */
final class ArtifactFilter {
  static final String NEWEST_FIRST = "a.pushed_at DESC, a.id DESC";
  static final String OLDEST_FIRST = "a.pushed_at, a.id";

  private static final String TAGGED =
      "EXISTS (SELECT FROM tag t"
          + " WHERE t.repository_id = a.repository_id AND t.artifact_id = a.id%s)";
  private static final String LABELLED =
      "EXISTS (SELECT FROM artifact_label m WHERE m.artifact_id = a.id AND m.label_id = %s)";

  private static final Listing LISTING =
      Listing.orderedBy(NEWEST_FIRST, "a.id DESC")
          .number("id", "a.id")
          .text("digest", "a.digest")
          .text("type", "coalesce(a.type, 'UNKNOWN')")
          .text("media_type", "coalesce(a.config_media_type, a.media_type)")
          .text("manifest_media_type", "a.media_type")
          .text("artifact_type", "a.artifact_type")
          .text("repository_name", "r.name")
          .number("repository_id", "a.repository_id")
          .number("project_id", "r.project_id")
          .number("size", "coalesce(a.total_size, a.size)")
          .time("push_time", "a.pushed_at")
          .time("pull_time", "a.pulled_at")
          .special("tags")
          .special("labels")
          .special("base")
          .build();

  private ArtifactFilter() {}

  /** Reads what a client asks for. */
  static Criteria read(@Nullable String q, @Nullable String sort) {
    return restricted(LISTING.read(q, sort));
  }

  /** Tells whether what a client asks for is about repositories too. */
  static boolean isAboutRepositories(Criteria criteria) {
    return criteria.order().contains("r.")
        || criteria.conditions().stream().anyMatch(condition -> condition.contains("(r."));
  }

  /** Returns the order; that by time of push as the index has it, since no such time is absent. */
  static String order(Criteria criteria) {
    return criteria
        .order()
        .replace("a.pushed_at DESC NULLS LAST", "a.pushed_at DESC")
        .replace("a.pushed_at NULLS FIRST", "a.pushed_at");
  }

  /** Adds the conditions that are no columns. */
  private static Criteria restricted(Criteria criteria) {
    Criteria result = criteria;
    if (criteria.special("tags").isPresent()) {
      result = tags(result, criteria.special("tags").get());
    }
    if (criteria.special("labels").isPresent()) {
      result = labels(result, criteria.special("labels").get());
    }
    return criteria.special("base").isPresent()
        ? base(result, criteria.special("base").get())
        : result.with("a.listed");
  }

  private static Criteria tags(Criteria criteria, Condition tags) {
    return switch (tags) {
      case Condition.Exact(String value) when value.equals("*") ->
          criteria.with(TAGGED.formatted(""));
      case Condition.Exact(String value) when value.equals("nil") ->
          criteria.with("NOT " + TAGGED.formatted(""));
      case Condition.Exact(String name) ->
          criteria.with(TAGGED.formatted(" AND t.name = ?"), text(name));
      case Condition.Fuzzy(String text) ->
          criteria.with(
              TAGGED.formatted(" AND position(lower(?) IN lower(t.name)) > 0"), text(text));
      case Condition.AnyOf(List<String> names) ->
          criteria.with(
              TAGGED.formatted(" AND t.name = ANY (?)"),
              names.stream().map(ArtifactFilter::text).toList());
      case Condition.Range _, Condition.AllOf _ -> throw invalid("tags");
    };
  }

  private static Criteria labels(Criteria criteria, Condition labels) {
    return switch (labels) {
      case Condition.Exact(String id) -> allOf(criteria, List.of(id));
      case Condition.AllOf(List<String> ids) -> allOf(criteria, ids);
      case Condition.AnyOf(List<String> ids) ->
          criteria.with(
              LABELLED.formatted("ANY (?)"),
              (Object) ids.stream().mapToLong(ArtifactFilter::id).toArray());
      case Condition.Range _, Condition.Fuzzy _ -> throw invalid("labels");
    };
  }

  private static Criteria allOf(Criteria criteria, List<String> ids) {
    Criteria result = criteria;
    for (String id : ids) {
      result = result.with(LABELLED.formatted("?"), id(id));
    }
    return result;
  }

  private static Criteria base(Criteria criteria, Condition base) {
    if (base instanceof Condition.Exact(String value) && value.equals("*")) {
      return criteria.with("a.accessory_of IS NULL");
    }
    throw invalid("base");
  }

  private static String text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw invalid("tags");
    }
    return value;
  }

  private static long id(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid("labels").causedBy(e);
    }
  }

  private static RegistryException invalid(String field) {
    return ErrorCode.BAD_REQUEST.exception("invalid value of " + field + " in q");
  }
}
