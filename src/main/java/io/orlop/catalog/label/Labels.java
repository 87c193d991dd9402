package io.orlop.catalog.label;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps labels. */
@ApplicationScoped
public class Labels {
  /** The scope of everybody's labels. */
  public static final String GLOBAL = "g";

  /** The scope of a project's own labels. */
  public static final String PROJECT = "p";

  private static final Listing FIELDS =
      Listing.orderedBy("l.id", "l.id")
          .number("id", "l.id")
          .text("name", "l.name")
          .text("description", "l.description")
          .text("color", "l.color")
          .time("creation_time", "l.created_at")
          .time("update_time", "l.updated_at")
          .build();

  private static final String SELECT =
      """
      SELECT l.id, l.name, l.description, l.color, l.scope, l.project_id, l.created_at,
             l.updated_at
        FROM label l
      """;

  private final Database database;

  Labels(Database database) {
    this.database = database;
  }

  /**
   * Which labels to list.
   *
   * @param projectId the project whose own they are; empty for everybody's
   * @param name only those with this text, in any case, in their name
   * @param q more conditions, in Harbor's grammar
   * @param sort the order, in Harbor's grammar
   */
  public record Query(
      Optional<Long> projectId, Optional<String> name, @Nullable String q, @Nullable String sort) {}

  /** One page of labels, and how many there are on all pages. */
  public record Page(List<Label> labels, long total) {}

  /** Lists labels, the oldest first if nothing else is asked for. */
  public Page list(Query query, long limit, long offset) {
    Criteria criteria =
        FIELDS
            .read(query.q(), query.sort())
            .with("l.scope = ?", query.projectId().isPresent() ? PROJECT : GLOBAL);
    if (query.projectId().isPresent()) {
      criteria = criteria.with("l.project_id = ?", query.projectId().get());
    }
    if (query.name().isPresent()) {
      criteria = criteria.with("position(lower(?) IN lower(l.name)) > 0", query.name().get());
    }
    String where = " WHERE TRUE" + criteria.and();
    long total =
        database.one(
            "SELECT count(*) FROM label l" + where,
            row -> row.getLong(1),
            criteria.parameters(List.of()));
    List<Label> labels =
        offset >= total
            ? List.of()
            : database.list(
                SELECT + where + " ORDER BY " + criteria.order() + " LIMIT ? OFFSET ?",
                Labels::info,
                criteria.parameters(List.of(), limit, offset));
    return new Page(labels, total);
  }

  /**
   * Finds a label.
   *
   * @throws RegistryException NOT_FOUND
   */
  public Label require(long id) {
    return database
        .first(SELECT + " WHERE l.id = ?", Labels::info, id)
        .orElseThrow(() -> unknown(id));
  }

  /**
   * Makes a label.
   *
   * @param projectId the project whose own it is; null for everybody's
   * @return its id
   * @throws RegistryException CONFLICT if the name is taken there
   */
  public long create(NewLabel label, @Nullable Long projectId) {
    return unlessTaken(
        label,
        () ->
            database.one(
                """
                INSERT INTO label (name, description, color, scope, project_id)
                VALUES (?, ?, ?, ?, ?) RETURNING id
                """,
                row -> row.getLong(1),
                label.name(),
                label.description(),
                label.color(),
                projectId == null ? GLOBAL : PROJECT,
                projectId));
  }

  /**
   * Changes what people see of a label; whose it is stays.
   *
   * @throws RegistryException NOT_FOUND; CONFLICT if the name is taken there
   */
  public void update(long id, NewLabel label) {
    int updated =
        unlessTaken(
            label,
            () ->
                database.update(
                    """
                    UPDATE label SET name = ?, description = ?, color = ?, updated_at = now()
                     WHERE id = ?
                    """,
                    label.name(),
                    label.description(),
                    label.color(),
                    id));
    if (updated == 0) {
      throw unknown(id);
    }
  }

  /**
   * Deletes a label, and takes it off all artifacts.
   *
   * @throws RegistryException NOT_FOUND
   */
  public void delete(long id) {
    if (database.update("DELETE FROM label WHERE id = ?", id) == 0) {
      throw unknown(id);
    }
  }

  private static <T> T unlessTaken(NewLabel label, Supplier<T> write) {
    try {
      return write.get();
    } catch (DatabaseException e) {
      if (e.violates("label_name_key")) {
        throw ErrorCode.CONFLICT
            .exception("label with name " + label.name() + " already exists")
            .causedBy(e);
      }
      throw e;
    }
  }

  private static RegistryException unknown(long id) {
    return ErrorCode.NOT_FOUND.exception("label " + id + " not found");
  }

  private static Label info(ResultSet row) throws SQLException {
    return new Label(
        row.getLong("id"),
        row.getString("name"),
        row.getString("description"),
        row.getString("color"),
        row.getString("scope"),
        row.getObject("project_id", Long.class),
        Database.instant(row, "created_at"),
        Database.instant(row, "updated_at"));
  }
}
