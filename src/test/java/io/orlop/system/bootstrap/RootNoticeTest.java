package io.orlop.system.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RootNoticeTest {
  private static final long ROOT = 0;
  private static final long ORDINARY = 1000;

  private record Server(boolean allowRoot, boolean training) implements ServerConfig {
    @Override
    public int port() {
      return 0;
    }

    @Override
    public Path data() {
      return Path.of("data");
    }

    @Override
    public Optional<String> masterKey() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> masterKeyFile() {
      return Optional.empty();
    }
  }

  private static boolean warns(boolean allowRoot, boolean training, long account) {
    return new RootNotice(new Server(allowRoot, training)).isDue(account);
  }

  @Test
  void rootIsTold() {
    assertThat(warns(false, false, ROOT)).isTrue();
  }

  @Test
  void othersAreNotTold() {
    assertThat(warns(false, false, ORDINARY)).isFalse();
  }

  @Test
  void rootIsNotToldIfItIsMeantSo() {
    assertThat(warns(true, false, ROOT)).isFalse();
  }

  @Test
  void nobodyIsToldDuringTheTraining() {
    assertThat(warns(false, true, ROOT)).isFalse();
  }
}
