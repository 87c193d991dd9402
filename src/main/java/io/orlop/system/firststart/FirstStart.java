package io.orlop.system.firststart;

import io.orlop.catalog.project.ProjectService;
import io.orlop.identity.Principal;
import io.orlop.identity.UserService;
import io.orlop.oci.ProjectName;
import io.orlop.platform.persistence.Database;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Makes the administrator {@code admin} and the public project {@code library} when there is no
 * account yet. There is no default password.
 */
@ApplicationScoped
public class FirstStart {
  private static final Logger LOG = Logger.getLogger("io.orlop");
  private static final int SECRET_BYTES = 18;
  private static final int SHORT_PASSWORD = 8;

  private final UserService users;
  private final ProjectService projects;
  private final AdminConfig config;
  private final Database database;

  FirstStart(UserService users, ProjectService projects, AdminConfig config, Database database) {
    this.users = users;
    this.projects = projects;
    this.config = config;
    this.database = database;
  }

  /** Runs at each start, after the schema is in place; several replicas may start at once. */
  @Transactional
  void prepare(@Observes @Priority(100) StartupEvent event) {
    database.list("SELECT pg_advisory_xact_lock(hashtext('first-start'))", _ -> true);
    if (!users.isEmpty()) {
      return;
    }
    Optional<String> chosen = config.password().filter(password -> !password.isEmpty());
    String password = chosen.orElseGet(FirstStart::randomPassword);
    long admin = users.create("admin", password, true);
    projects.create(
        new ProjectName("library"),
        true,
        Optional.of(new Principal.UserPrincipal(admin, "admin", true, false, 1)));
    announce(chosen.isPresent(), password);
  }

  /** Before the transaction ends: a password that nobody saw would lock everybody out. */
  private static void announce(boolean chosen, String password) {
    if (!chosen) {
      LOG.infof("The password of admin is  %s  (shown this once; keep it)", password);
    } else if (password.length() < SHORT_PASSWORD) {
      LOG.warn("The password of admin is shorter than 8 characters: change it");
    }
  }

  private static String randomPassword() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }
}
