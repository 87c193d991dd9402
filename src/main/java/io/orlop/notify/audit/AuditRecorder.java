package io.orlop.notify.audit;

import io.orlop.platform.event.EventListener;
import io.orlop.platform.event.Occurrence;
import jakarta.enterprise.context.ApplicationScoped;

/** Hands to the log what happens. */
@ApplicationScoped
class AuditRecorder implements EventListener {
  private final AuditWriter writer;
  private final SignIns signIns = new SignIns();

  AuditRecorder(AuditWriter writer) {
    this.writer = writer;
  }

  @Override
  public void happened(Occurrence occurrence) {
    if (signIns.isNews(occurrence)) {
      writer.write(AuditEntries.of(occurrence));
    }
  }
}
