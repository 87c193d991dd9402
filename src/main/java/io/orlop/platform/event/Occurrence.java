package io.orlop.platform.event;

import java.time.Instant;

/**
 * An event with its circumstances.
 *
 * @param at when it happened
 * @param actor who did it
 * @param event what happened
 */
public record Occurrence(Instant at, Actor actor, DomainEvent event) {}
