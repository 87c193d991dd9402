package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpaceGuardTest {
  private static final long MIB = 1 << 20;
  private static final Path FOLDER = Path.of("/srv/orlop");

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
  private final Volume volume = new Volume();
  private final SpaceGuard guard =
      new SpaceGuard(volume, FOLDER, new SpaceReserve(100 * MIB, 2), now::get);

  /** A volume of 10 GiB, of which 2 % are more than the 100 MiB. */
  private static final class Volume extends RecordingFileLayer {
    private long usable = 300 * MIB;

    private Volume() {
      super(FOLDER);
    }

    @Override
    public Space space(Path folder) throws IOException {
      super.note("space", folder);
      return new Space(usable, 10_240 * MIB);
    }
  }

  private void refuses(long bytes) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> guard.admit(bytes))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NO_SPACE));
  }

  @Test
  void admitsWhatLeavesTheReserve() throws IOException {
    guard.admit(0);
    guard.admit(volume.usable - 205 * MIB);
  }

  @Test
  void refusesWhatWouldTouchTheReserve() {
    refuses(96 * MIB);
  }

  @Test
  void countsWhatItAdmittedSinceItMeasured() throws IOException {
    guard.admit(50 * MIB);
    guard.admit(40 * MIB);
    volume.usable -= 90 * MIB;

    refuses(10 * MIB);
  }

  @Test
  void knowsForASecondThatThereIsRoom() throws IOException {
    assertThat(guard.isKnownToHaveRoom()).isFalse();
    guard.admit(MIB);
    assertThat(guard.isKnownToHaveRoom()).isTrue();
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(guard.isKnownToHaveRoom()).isFalse();
  }

  @Test
  void knowsOfNoRoomOnceTheReserveIsTouched() throws IOException {
    volume.usable = 100 * MIB;
    refuses(0);
    assertThat(guard.isKnownToHaveRoom()).isFalse();
  }

  @Test
  void measuresOnceASecondAtMostWhileThereIsRoom() throws IOException {
    guard.admit(MIB);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    guard.admit(MIB);
    assertThat(volume.record()).hasSize(1);

    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    guard.admit(MIB);
    assertThat(volume.record()).hasSize(2);
  }

  @Test
  void noticesWithinASecondThatOthersFilledTheVolume() throws IOException {
    guard.admit(0);
    volume.usable = 150 * MIB;
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));

    refuses(0);
  }

  @Test
  void noticesAtOnceThatSomethingWasFreed() throws IOException {
    volume.usable = 150 * MIB;
    refuses(0);
    volume.usable = 300 * MIB;

    guard.admit(MIB);
  }

  @Test
  void saysWhatIsFreeWhatIsReservedAndWhatToDo() {
    volume.usable = 150 * MIB;

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> guard.admit(0))
        .withMessage(
            "The volume of /srv/orlop has 150.0 MiB free, and the reserve is 204.8 MiB"
                + " (orlop.storage.reserve): free other files on it, or enlarge the volume. Pulls"
                + " and deletes go on.");
  }
}
