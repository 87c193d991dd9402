package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Blobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VerifiedStreamTest {
  private final byte[] content = Blobs.random(100_000);
  private final Digest digest = Digest.of(content);
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

  @Test
  void givesAwayAllOfAHealthyBlob() throws IOException {
    stream(content).transferTo(copy);
    assertThat(copy.toByteArray()).isEqualTo(content);
  }

  @Test
  void hashesWhatIsSkippedAndWhatIsReadByteByByte() throws IOException {
    try (VerifiedStream stream = stream(content)) {
      assertThat(stream.read()).isEqualTo(Byte.toUnsignedInt(content[0]));
      stream.skipNBytes(50_000);
      assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 50_001, 100_000));
      assertThat(stream.read()).isEqualTo(-1);
    }
  }

  @Test
  void keepsTheLastBytesOfADamagedBlob() {
    byte[] damaged = content.clone();
    damaged[10] ^= 1;
    assertThatThrownBy(() -> stream(damaged).transferTo(copy))
        .isInstanceOf(WrongBytesException.class);
    assertThat(copy.size()).isLessThan(content.length);
  }

  @Test
  void keepsTheLastByteWhenReadByteByByte() {
    byte[] damaged = content.clone();
    damaged[content.length - 1] ^= 1;
    assertThatThrownBy(
            () -> {
              try (VerifiedStream stream = stream(damaged)) {
                while (true) {
                  copy.write(stream.read());
                }
              }
            })
        .isInstanceOf(WrongBytesException.class);
    assertThat(copy.size()).isEqualTo(content.length - 1);
  }

  @Test
  void doesNotPassAShortBlobForAWholeOne() {
    assertThatThrownBy(() -> stream(Arrays.copyOf(content, 99_999)).transferTo(copy))
        .isInstanceOf(WrongBytesException.class);
  }

  private VerifiedStream stream(byte[] stored) {
    return new VerifiedStream(new ByteArrayInputStream(stored), digest, content.length);
  }
}
