package io.orlop.platform.event;

/**
 * Wants to know what happens. A bean that implements this is told of everything that happens on
 * this process.
 */
public interface EventListener {

  /**
   * Takes what has happened and was committed. Called on the way of a request, before it is
   * answered: waits for nothing, and does not use the database. What must not be lost is not for
   * this, but is written in the transaction that it belongs to.
   */
  void happened(Occurrence occurrence);
}
