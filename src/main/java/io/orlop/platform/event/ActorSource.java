package io.orlop.platform.event;

/** Knows who acts in the calling thread. */
public interface ActorSource {

  /** Returns who acts; {@link Actor#SYSTEM} outside of requests. */
  Actor current();
}
