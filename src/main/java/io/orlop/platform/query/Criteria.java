package io.orlop.platform.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asked of a list, as SQL whose every word is ours: what the client wrote is only in
 * the parameters.
 *
 * @param conditions conditions of a {@code WHERE}, to be joined by AND
 * @param parameters what their question marks stand for
 * @param order the terms of an {@code ORDER BY}
 * @param special conditions on fields that are no columns, by their names
 * @param sorted whether the client asked for an order
 */
public record Criteria(
    List<String> conditions,
    List<Object> parameters,
    String order,
    Map<String, Condition> special,
    boolean sorted) {

  /** Returns the conditions, each after an {@code AND}; empty if there are none. */
  public String and() {
    StringBuilder text = new StringBuilder();
    conditions.forEach(condition -> text.append(" AND ").append(condition));
    return text.toString();
  }

  /** Tells whether the client asked for some items only. */
  public boolean filters() {
    return !conditions.isEmpty() || !special.isEmpty();
  }

  /** Finds the condition on a field that is no column. */
  public Optional<Condition> special(String field) {
    return Optional.ofNullable(special.get(field));
  }

  /** Adds a condition of the caller's own. */
  public Criteria with(String condition, Object... values) {
    List<String> more = new ArrayList<>(conditions);
    more.add(condition);
    List<Object> moreParameters = new ArrayList<>(parameters);
    moreParameters.addAll(List.of(values));
    return new Criteria(more, moreParameters, order, special, sorted);
  }

  /** Returns given parameters, those of the conditions, and others after them. */
  public Object[] parameters(List<?> before, Object... after) {
    List<Object> all = new ArrayList<>(before);
    all.addAll(parameters);
    all.addAll(List.of(after));
    return all.toArray();
  }
}
