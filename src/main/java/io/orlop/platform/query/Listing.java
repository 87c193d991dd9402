package io.orlop.platform.query;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a list that clients may name in {@code q} and {@code sort}, and the SQL that each
 * stands for. A field that is not declared is ignored, as in Harbor, so nothing that a client
 * writes becomes SQL. Names are compared without case and underscores: {@code project_id} is {@code
 * ProjectID}.
 */
public final class Listing {
  private final Map<String, Field> fields;
  private final Set<String> special;
  private final String defaultOrder;
  private final String tieBreak;

  private Listing(Builder builder) {
    this.fields = Map.copyOf(builder.fields);
    this.special = Set.copyOf(builder.special);
    this.defaultOrder = builder.defaultOrder;
    this.tieBreak = builder.tieBreak;
  }

  /**
   * Begins a declaration.
   *
   * @param defaultOrder the terms of {@code ORDER BY} when the client names none
   * @param tieBreak the term that ends every other order and makes it total
   */
  public static Builder orderedBy(String defaultOrder, String tieBreak) {
    return new Builder(defaultOrder, tieBreak);
  }

  /**
   * Reads what a client asks for.
   *
   * @throws RegistryException BAD_REQUEST if {@code q} does not follow Harbor's grammar or a value
   *     is not of its field's type
   */
  public Criteria read(@Nullable String q, @Nullable String sort) {
    List<String> conditions = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    Map<String, Condition> others = new HashMap<>();
    QueryText.parse(q)
        .forEach((name, condition) -> {
          Field field = fields.get(key(name));
          if (special.contains(key(name)) || (field != null && field.isApart(condition))) {
            others.put(key(name), condition);
          } else if (field != null) {
            field.restrict(name, condition, conditions, parameters);
          }
        });
    String order = order(sort);
    return new Criteria(
        List.copyOf(conditions),
        List.copyOf(parameters),
        order.isEmpty() ? defaultOrder : order + ", " + tieBreak,
        Map.copyOf(others),
        !order.isEmpty());
  }

  private String order(@Nullable String sort) {
    List<String> terms = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String term : sort == null ? new String[0] : sort.split(",", -1)) {
      String name = term.strip();
      boolean down = name.startsWith("-");
      String key = key(down ? name.substring(1) : name);
      Field field = fields.get(key);
      if (field != null && seen.add(key)) {
        terms.add(field.order() + (down ? " DESC NULLS LAST" : " NULLS FIRST"));
      }
    }
    return String.join(", ", terms);
  }

  private static String key(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Declares fields. */
  public static final class Builder {
    private final Map<String, Field> fields = new HashMap<>();
    private final Set<String> special = new HashSet<>();
    private final String defaultOrder;
    private final String tieBreak;

    private Builder(String defaultOrder, String tieBreak) {
      this.defaultOrder = defaultOrder;
      this.tieBreak = tieBreak;
    }

    /** A field whose values are texts. */
    public Builder text(String name, String sql) {
      return field(name, new Field(sql, sql, Type.TEXT));
    }

    /**
     * A field whose values are texts of which there are few: the condition that one contains a text
     * is in {@link Criteria#special(String)}, for whoever knows them all.
     */
    public Builder name(String name, String sql) {
      return field(name, new Field(sql, sql, Type.TEXT, true));
    }

    /** A field whose values are whole numbers. */
    public Builder number(String name, String sql) {
      return field(name, new Field(sql, sql, Type.NUMBER));
    }

    /** A field whose values are points in time. */
    public Builder time(String name, String sql) {
      return field(name, new Field(sql, sql, Type.TIME));
    }

    /** A field that is true or false. */
    public Builder truth(String name, String sql) {
      return field(name, new Field(sql, sql, Type.TRUTH));
    }

    /** A field of whole numbers that is ordered by something else. */
    public Builder number(String name, String sql, String order) {
      return field(name, new Field(sql, order, Type.NUMBER));
    }

    /** A field that is no column: its condition is in {@link Criteria#special(String)}. */
    public Builder special(String name) {
      special.add(key(name));
      return this;
    }

    /** Ends the declaration. */
    public Listing build() {
      return new Listing(this);
    }

    private Builder field(String name, Field field) {
      fields.put(key(name), field);
      return this;
    }
  }

  private enum Type {
    TEXT("text"),
    NUMBER("bigint"),
    TIME("timestamptz"),
    TRUTH("boolean");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }

    Object parse(String name, String text) {
      try {
        return switch (this) {
          case TEXT -> text;
          case NUMBER -> Long.valueOf(text.strip());
          case TIME -> time(text.strip());
          case TRUTH -> truth(text.strip().toLowerCase(Locale.ROOT));
        };
      } catch (IllegalArgumentException | DateTimeParseException e) {
        throw ErrorCode.BAD_REQUEST
            .exception("the value of " + name + " in q is no " + sql + ": " + text)
            .causedBy(e);
      }
    }

    private static Instant time(String text) {
      Instant time =
          text.length() > 19
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
      // The database counts fewer years than Java does.
      if (Math.abs(time.getEpochSecond()) > 100_000_000_000L) {
        throw new IllegalArgumentException("far away");
      }
      return time;
    }

    private static boolean truth(String text) {
      return switch (text) {
        case "true", "1", "t" -> true;
        case "false", "0", "f" -> false;
        default -> throw new IllegalArgumentException(text);
      };
    }
  }

  private record Field(String sql, String order, Type type, boolean partsApart) {
    Field(String sql, String order, Type type) {
      this(sql, order, type, false);
    }

    boolean isApart(Condition condition) {
      return partsApart && condition instanceof Condition.Fuzzy;
    }

    void restrict(
        String name, Condition condition, List<String> conditions, List<Object> parameters) {
      switch (condition) {
        case Condition.Exact(String value) -> {
          conditions.add("(" + sql + ") = ?");
          parameters.add(parsed(name, value));
        }
        case Condition.Fuzzy(String text) -> {
          // strpos has no characters of its own, other than LIKE.
          conditions.add("position(lower(?) IN lower((" + sql + ")::text)) > 0");
          parameters.add(withoutNul(name, text));
        }
        case Condition.Range(String from, String to) -> {
          bound(name, from, " >= ?", conditions, parameters);
          bound(name, to, " <= ?", conditions, parameters);
        }
        case Condition.AnyOf(List<String> values) -> anyOf(name, values, conditions, parameters);
        case Condition.AllOf(List<String> values) ->
            values.forEach(
                value -> restrict(name, new Condition.Exact(value), conditions, parameters));
      }
    }

    private void bound(
        String name,
        @Nullable String value,
        String comparison,
        List<String> conditions,
        List<Object> parameters) {
      if (value != null) {
        conditions.add("(" + sql + ")" + comparison);
        parameters.add(parsed(name, value));
      }
    }

    private void anyOf(
        String name, List<String> values, List<String> conditions, List<Object> parameters) {
      values.forEach(value -> parsed(name, value));
      conditions.add("(" + sql + ") = ANY (?::text[]::" + type.sql + "[])");
      parameters.add(values);
    }

    private Object parsed(String name, String value) {
      return type.parse(name, withoutNul(name, value));
    }

    private static String withoutNul(String name, String value) {
      if (value.indexOf('\0') >= 0) {
        throw ErrorCode.BAD_REQUEST.exception("the value of " + name + " in q has a NUL");
      }
      return value;
    }
  }
}
