package io.orlop.catalog.project;

import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import io.orlop.platform.query.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists the projects that a caller may see: a page by one statement, the total by another. */
@ApplicationScoped
public class ProjectList {
  private static final Listing FIELDS =
      Listing.orderedBy("p.name", "p.id")
          .text("name", "p.name")
          .number("project_id", "p.id")
          .number("id", "p.id")
          .truth("public", "p.public")
          .text("owner", "u.username")
          .text("owner_name", "u.username")
          .number("owner_id", "p.owner_id")
          .time("creation_time", "p.created_at")
          .time("update_time", "p.updated_at")
          .build();

  private static final String FROM =
      " FROM project p LEFT JOIN users u ON u.id = p.owner_id WHERE ";

  private final Database database;

  ProjectList(Database database) {
    this.database = database;
  }

  /**
   * Which projects to list.
   *
   * @param name only those with this text, in any case, in their name
   * @param isPublic only public ones, or only private ones
   * @param owner only those of the user of this name
   * @param q more conditions, in Harbor's grammar
   * @param sort the order, in Harbor's grammar
   */
  public record Query(
      Optional<String> name,
      Optional<Boolean> isPublic,
      Optional<String> owner,
      @Nullable String q,
      @Nullable String sort) {}

  /** One page of projects, and how many there are on all pages. */
  public record Page(List<ProjectInfo> projects, long total) {}

  /** Lists projects, by name if nothing else is asked for. */
  public Page list(Principal caller, Query query, long limit, long offset) {
    Visibility visible = Visibility.of(caller);
    Criteria criteria = criteria(query);
    String from = FROM + visible.condition() + criteria.and();
    String order = " ORDER BY " + criteria.order();
    Slice slice = new Slice(limit, offset);
    long total =
        database.one(
            "SELECT count(*)" + from,
            row -> row.getLong(1),
            criteria.parameters(visible.parameters()));
    return new Page(
        offset >= total
            ? List.of()
            : database.list(
                ProjectRows.SELECT
                    + " WHERE p.id = ANY (ARRAY(SELECT p.id"
                    + from
                    + order
                    + slice.sql()
                    + "))"
                    + order,
                ProjectRows::read,
                criteria.parameters(visible.parameters(), slice.parameters())),
        total);
  }

  private static Criteria criteria(Query query) {
    Criteria criteria = FIELDS.read(query.q(), query.sort());
    if (query.name().isPresent()) {
      criteria = criteria.with("position(lower(?) IN p.name) > 0", query.name().get());
    }
    if (query.isPublic().isPresent()) {
      criteria = criteria.with("p.public = ?", query.isPublic().get());
    }
    if (query.owner().isPresent()) {
      criteria = criteria.with("u.username = ?", query.owner().get());
    }
    return criteria;
  }
}
