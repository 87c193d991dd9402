package io.orlop.system.postgres;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it heard. */
final class RecordingListener implements EmbeddedPostgres.Listener {
  final List<String> givenUp = new CopyOnWriteArrayList<>();

  @Override
  public void recovering() {}

  @Override
  public void givenUp(String reason) {
    givenUp.add(reason);
  }
}
