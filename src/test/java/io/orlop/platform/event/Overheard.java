package io.orlop.platform.event;

import io.orlop.platform.event.DomainEvent.Administered;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears what tests let happen. */
@ApplicationScoped
class Overheard implements EventListener {
  static final String KIND = "thing-of-a-test";

  private final List<String> things = new CopyOnWriteArrayList<>();

  @Override
  public void happened(Occurrence occurrence) {
    if (occurrence.event() instanceof Administered event && event.resourceType().equals(KIND)) {
      things.add(event.resource());
    }
  }

  List<String> things() {
    return things;
  }
}
