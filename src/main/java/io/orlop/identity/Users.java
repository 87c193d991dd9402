package io.orlop.identity;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class Users implements PanacheRepository<User> {

  Optional<User> named(String username) {
    return find("username", username).firstResultOptional();
  }
}
