package io.orlop.catalog.project;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class Projects implements PanacheRepository<Project> {

  Optional<Project> named(String name) {
    return find("name", name).firstResultOptional();
  }
}
