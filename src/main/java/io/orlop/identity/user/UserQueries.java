package io.orlop.identity.user;

import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads accounts. */
@ApplicationScoped
public class UserQueries {
  private static final String SELECT =
      """
      SELECT id, username, email, realname, comment, sysadmin, auditor, created_at, updated_at
        FROM users
      """;

  private static final Listing LISTING =
      Listing.orderedBy("username", "id")
          .number("user_id", "id")
          .text("username", "username")
          .text("email", "email")
          .text("realname", "realname")
          .text("comment", "comment")
          .truth("sysadmin_flag", "sysadmin")
          .time("creation_time", "created_at")
          .time("update_time", "updated_at")
          .build();

  private final Database database;

  UserQueries(Database database) {
    this.database = database;
  }

  /**
   * A part of a list.
   *
   * @param total how many the whole list has
   */
  public record Page(List<UserInfo> users, long total) {}

  /** Reads what a client asks of the list of accounts. */
  public Criteria read(@Nullable String q, @Nullable String sort) {
    return LISTING.read(q, sort);
  }

  /** Lists accounts, by name unless the client asked for another order. */
  public Page list(Criteria criteria, long limit, long offset) {
    String where = " WHERE true" + criteria.and();
    long total =
        database.one(
            "SELECT count(*) FROM users" + where,
            row -> row.getLong(1),
            criteria.parameters(List.of()));
    List<UserInfo> users =
        total <= offset
            ? List.of()
            : database.list(
                SELECT + where + " ORDER BY " + criteria.order() + " LIMIT ? OFFSET ?",
                UserQueries::user,
                criteria.parameters(List.of(), limit, offset));
    return new Page(users, total);
  }

  /** Narrows a list down to those whose field contains a text, in any case. */
  public static Criteria containing(Criteria criteria, Field field, String text) {
    return criteria.with("position(lower(?) IN lower(" + field.column + ")) > 0", text);
  }

  /** Finds an account by its id. */
  public Optional<UserInfo> find(long id) {
    return database.first(SELECT + " WHERE id = ?", UserQueries::user, id);
  }

  /** Finds an account by its name. */
  public Optional<UserInfo> find(String username) {
    return username.indexOf(0) < 0
        ? database.first(SELECT + " WHERE username = ?", UserQueries::user, username)
        : Optional.empty();
  }

  /** What accounts are searched by. */
  public enum Field {
    /** The name. */
    USERNAME("username"),
    /** The e-mail address. */
    EMAIL("email");

    private final String column;

    Field(String column) {
      this.column = column;
    }
  }

  private static UserInfo user(ResultSet row) throws SQLException {
    return new UserInfo(
        row.getLong("id"),
        row.getString("username"),
        row.getString("email"),
        row.getString("realname"),
        row.getString("comment"),
        row.getBoolean("sysadmin"),
        row.getBoolean("auditor"),
        Database.instant(row, "created_at"),
        Database.instant(row, "updated_at"));
  }
}
