package io.orlop.platform.http;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.settings.Settings;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses every change while the system is read-only, whoever asks, but for what it takes to sign
 * in and to end it.
 */
class ReadOnlyFilter {
  private static final String REFUSAL =
      "The system is in read only mode. Any modification is prohibited.";
  private static final int BEFORE_AUTHENTICATION = Priorities.AUTHENTICATION - 1;
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /** As prefixes: to end a refresh token lies below the token service. */
  private static final List<String> EXEMPT =
      List.of(
          "/service/token",
          "/c/login",
          "/c/log_out",
          "/c/userExists",
          "/c/oidc/onboard",
          "/api/v2.0/configurations");

  private final Settings settings;

  ReadOnlyFilter(Settings settings) {
    this.settings = settings;
  }

  @ServerRequestFilter(priority = BEFORE_AUTHENTICATION)
  public void refuse(ContainerRequestContext context) {
    if (!READS.contains(context.getMethod())
        && !isExempt(context.getUriInfo().getPath())
        && settings.readOnly()) {
      throw ErrorCode.DENIED.exception(REFUSAL);
    }
  }

  private static boolean isExempt(String path) {
    return EXEMPT.stream().anyMatch(exempt -> path.equals(exempt) || path.startsWith(exempt + "/"));
  }
}
