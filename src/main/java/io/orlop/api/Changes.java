package io.orlop.api;

import io.orlop.platform.event.DomainEvent;
import io.orlop.platform.event.DomainEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;

/** Tells what callers of the API have changed, after it has been done. */
@ApplicationScoped
public class Changes {
  /** Something was made. */
  public static final String CREATE = "create";

  /** Something was changed. */
  public static final String UPDATE = "update";

  /** Something was deleted. */
  public static final String DELETE = "delete";

  private final DomainEvents events;
  private final ApiCall call;

  Changes(DomainEvents events, ApiCall call) {
    this.events = events;
    this.call = call;
  }

  /** Something happened that has an event of its own. */
  public void happened(DomainEvent event) {
    events.happened(event);
  }

  /** Something in the project in the path was changed. */
  public void inProject(String operation, String type, String resource) {
    inProject(OptionalLong.of(call.project().projectId()), operation, type, resource);
  }

  /** Something was changed that belongs to a project, or to none. */
  public void inProject(OptionalLong project, String operation, String type, String resource) {
    events.happened(new DomainEvent.Administered(project, operation, type, resource));
  }

  /** Something of the whole system was changed. */
  public void ofSystem(String operation, String type, String resource) {
    inProject(OptionalLong.empty(), operation, type, resource);
  }
}
