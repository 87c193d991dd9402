package io.orlop.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.OrlopServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SecondProcessIT {

  @Test
  void isRefusedInOneSentenceWhileTheFirstGoesOn() {
    try (OrlopServer first = OrlopServer.start();
        OrlopServer second = OrlopServer.on(first.data())) {
      second.launchOnly();
      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.log())
          .isEqualTo(
              "Another Orlop (process %d) uses the data folder %s; stop it or choose another with --data.\n"
                  .formatted(first.pid(), first.data()));
      assertThat(first.stop()).isZero();
    }
  }

  @Test
  void isRefusedInOneSentenceOnATakenPort() {
    try (OrlopServer first = OrlopServer.start();
        OrlopServer second =
            OrlopServer.on(OrlopServer.newData())
                .withFlag("--port", Integer.toString(first.port()))) {
      second.launchOnly();
      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.log())
          .contains(
              "Orlop cannot start. Port %d is taken by another process; choose another with --port."
                  .formatted(first.port()))
          .doesNotContain("\tat ");
      assertThat(second.processes()).isEmpty();
    }
  }

  @Test
  void mayStartWhereAKilledOneLeftItsLock() throws Exception {
    Path data = OrlopServer.newData();
    Files.writeString(data.resolve("orlop.lock"), "1\n");
    try (OrlopServer server = OrlopServer.on(data)) {
      server.launch();
      assertThat(data.resolve("orlop.lock")).hasContent(Long.toString(server.pid()));
    }
  }
}
