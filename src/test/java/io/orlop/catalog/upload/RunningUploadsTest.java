package io.orlop.catalog.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.catalog.upload.RunningUploads.Place;
import io.orlop.identity.Principal;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningUploadsTest {
  private static final Principal ANN = new Principal.UserPrincipal(1, "ann", false, false, 0);
  private static final Principal BOB = new Principal.UserPrincipal(2, "bob", false, false, 0);

  private record Limits(int runningPerCaller) implements UploadConfig {
    @Override
    public Duration idleTimeout() {
      return Duration.ofDays(1);
    }

    @Override
    public int openPerCaller() {
      return 0;
    }
  }

  private static void expectFull(RunningUploads running, Principal caller) {
    assertThatThrownBy(() -> running.enter(caller))
        .isInstanceOfSatisfying(
            RegistryException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOOMANYREQUESTS))
        .hasMessageContaining("2 uploads");
  }

  @Test
  void callersHaveSoManyPlacesEach() {
    RunningUploads running = new RunningUploads(new Limits(2));
    try (Place _ = running.enter(ANN);
        Place _ = running.enter(ANN)) {
      expectFull(running, ANN);
      try (Place _ = running.enter(BOB);
          Place _ = running.enter(BOB)) {
        expectFull(running, BOB);
      }
    }
  }

  @Test
  void placeIsFreeAgainWhenItIsClosed() {
    RunningUploads running = new RunningUploads(new Limits(2));
    try (Place _ = running.enter(ANN)) {
      for (int i = 0; i < 5; i++) {
        try (Place _ = running.enter(ANN)) {
          // Whoever is refused takes none.
          expectFull(running, ANN);
          expectFull(running, ANN);
        }
      }
    }
  }

  @Test
  void anyNumberMayRunWithoutALimit() {
    RunningUploads running = new RunningUploads(new Limits(0));
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      places.add(running.enter(ANN));
    }
    places.forEach(Place::close);
  }
}
