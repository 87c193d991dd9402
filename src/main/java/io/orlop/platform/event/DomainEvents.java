package io.orlop.platform.event;

import io.orlop.platform.persistence.AfterCommit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Passes on what happened to all who listen, when it is committed. */
@ApplicationScoped
public class DomainEvents {
  private static final Logger LOG = Logger.getLogger(DomainEvents.class);

  private final List<EventListener> listeners;
  private final ActorSource actors;
  private final AfterCommit afterCommit;

  DomainEvents(Instance<EventListener> listeners, ActorSource actors, AfterCommit afterCommit) {
    this.listeners = listeners.stream().toList();
    this.actors = actors;
    this.afterCommit = afterCommit;
  }

  /**
   * Tells what happened. Inside a transaction nobody learns of it unless that commits; outside of
   * one it has happened already.
   */
  public void happened(DomainEvent event) {
    Occurrence occurrence = new Occurrence(Instant.now(), actors.current(), event);
    afterCommit.run(() -> tell(occurrence));
  }

  /** One who fails must not keep the others from hearing, nor the request from succeeding. */
  private void tell(Occurrence occurrence) {
    for (EventListener listener : listeners) {
      try {
        listener.happened(occurrence);
      } catch (RuntimeException e) {
        LOG.errorf(e, "Somebody who listens failed over %s", occurrence.event());
      }
    }
  }
}
