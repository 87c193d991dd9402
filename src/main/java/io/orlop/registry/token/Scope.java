package io.orlop.registry.token;

import io.orlop.access.Action;
import io.orlop.oci.InvalidNameException;
import io.orlop.oci.RepositoryName;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client asks a token for, such as {@code repository:library/nginx:pull,push}.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">token scopes</a>
 */
public sealed interface Scope {

  /** The whole catalog, {@code registry:catalog:*}. */
  record Catalog() implements Scope {
    @Override
    public String toString() {
      return "registry:catalog:*";
    }
  }

  /** Actions on one repository. */
  record OfRepository(RepositoryName name, Set<Action> actions) implements Scope {
    public OfRepository {
      actions = Set.copyOf(actions);
    }

    @Override
    public String toString() {
      return "repository:"
          + name.value()
          + ":"
          + EnumSet.copyOf(actions).stream().map(Action::wireName).collect(Collectors.joining(","));
    }
  }

  /** Parses one scope; empty if it asks for nothing that could ever be granted. */
  static Optional<Scope> parse(String text) {
    int type = text.indexOf(':');
    int actions = text.lastIndexOf(':');
    if (type < 0 || actions == type) {
      return Optional.empty();
    }
    String name = text.substring(type + 1, actions);
    return switch (text.substring(0, type)) {
      case "repository" -> repository(name, text.substring(actions + 1));
      case "registry" -> "catalog".equals(name) ? Optional.of(new Catalog()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Scope> repository(String name, String list) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    for (String action : list.split(",", -1)) {
      if ("*".equals(action)) {
        actions.addAll(EnumSet.allOf(Action.class));
      } else {
        Action.byWireName(action).ifPresent(actions::add);
      }
    }
    if (actions.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new OfRepository(new RepositoryName(name), actions));
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }
}
