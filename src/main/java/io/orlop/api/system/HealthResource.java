package io.orlop.api.system;

import io.orlop.access.PublicEndpoint;
import io.orlop.api.ApiDoor;
import io.orlop.api.OmitEmpty;
import io.orlop.system.health.ComponentHealth;
import io.orlop.system.health.HealthService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Tells whether the parts work. Always 200: the body says what does not. */
@Path("/api/v2.0/health")
@ApiDoor
@RunOnVirtualThread
public class HealthResource {
  private final HealthService health;

  HealthResource(HealthService health) {
    this.health = health;
  }

  /** The body. */
  public record Health(String status, List<Component> components) {}

  /** A part. */
  public record Component(String name, String status, @OmitEmpty String error) {
    static Component of(ComponentHealth health) {
      return new Component(health.name(), word(health.isHealthy()), health.error().orElse(""));
    }
  }

  @GET
  @PublicEndpoint
  @Produces(MediaType.APPLICATION_JSON)
  public Health health() {
    List<ComponentHealth> components = health.check();
    return new Health(
        word(components.stream().allMatch(ComponentHealth::isHealthy)),
        components.stream().map(Component::of).toList());
  }

  private static String word(boolean healthy) {
    return healthy ? "healthy" : "unhealthy";
  }
}
