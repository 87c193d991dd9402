package io.orlop.api.artifact;

import io.orlop.access.Role;
import io.orlop.testsupport.ApiClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

/** A test that has a project with one repository of its own, as its maintainer. */
abstract class OwnRepository {
  @Inject TestRegistry registry;
  TestRegistry.NewProject project;
  RepositoryClient repository;
  ApiClient api;

  /** The path of the repository's artifacts. */
  String artifacts;

  private final String path;

  OwnRepository(String path) {
    this.path = path;
  }

  @BeforeEach
  void makeRepository() {
    project = registry.newPrivateProject();
    registry.assign(project, registry.maintainer(), Role.MAINTAINER);
    repository = registry.as(registry.maintainer()).repository(project.name() + "/" + path);
    api = ApiClient.of(registry.as(registry.maintainer()));
    artifacts =
        "/projects/"
            + project.name()
            + "/repositories/"
            + path.replace("/", "%252F")
            + "/artifacts";
  }
}
