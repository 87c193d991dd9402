package io.orlop.platform.http.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.channel.embedded.EmbeddedChannel;
import io.orlop.testsupport.Blobs;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopiedRegionTest {
  private static final int SIZE = 5 * CopiedRegion.PIECE + 17;
  private static final int OFFSET = 1001;
  private static final int COUNT = SIZE - OFFSET - 13;

  @TempDir Path folder;

  private final EmbeddedChannel connection = new EmbeddedChannel();
  private byte[] content = {};
  private Path path = Path.of("");
  private FileChannel file;

  @BeforeEach
  void write() throws IOException {
    content = Blobs.random(SIZE);
    path = Files.write(folder.resolve("file"), content);
    file = FileChannel.open(path);
    ServiceLoader.load(ChannelInitializerExtension.class).stream()
        .filter(provider -> provider.type() == FileChannels.class)
        .forEach(provider -> provider.get().postInitializeServerChildChannel(connection));
  }

  @AfterEach
  void close() throws IOException {
    var _ = connection.close();
    file.close();
  }

  /** Takes no more than so many bytes at once, and none every third time. */
  private static final class Target implements WritableByteChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int most;
    private int calls;

    private Target(int most) {
      this.most = most;
    }

    @Override
    public int write(ByteBuffer bytes) {
      calls++;
      int count = calls % 3 == 0 ? 0 : Math.min(most, bytes.remaining());
      byte[] part = new byte[count];
      bytes.get(part);
      taken.writeBytes(part);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 30, CopiedRegion.PIECE, CopiedRegion.PIECE - 1, 9_999})
  void sendsExactlyItsPartHoweverLittleIsTaken(int most) throws IOException {
    FileRegion region = sent();
    Target target = new Target(most);
    while (region.transferred() < region.count()) {
      long before = region.transferred();
      long written = region.transferTo(target, before);
      assertThat(region.transferred()).isEqualTo(before + written);
    }
    assertThat(target.taken.toByteArray())
        .isEqualTo(Arrays.copyOfRange(content, OFFSET, OFFSET + COUNT));
  }

  @Test
  void stopsWhenNoMoreIsTaken() throws IOException {
    FileRegion region = sent();
    Target target = new Target(100);
    assertThat(region.transferTo(target, 0)).isEqualTo(100);
    assertThat(target.calls).isEqualTo(1);
  }

  @Test
  void aFileThatHasBecomeShorterIsAFailure() throws IOException {
    FileRegion region = sent();
    try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
      other.truncate(OFFSET + 10);
    }
    Target target = new Target(1 << 30);
    assertThatThrownBy(() -> region.transferTo(target, 0)).isInstanceOf(EOFException.class);
    assertThat(target.taken.size()).isEqualTo(10);
  }

  @Test
  void closesItsFileWhenNobodyNeedsItAnyMore() {
    FileRegion region = sent();
    region.retain();
    region.release();
    assertThat(file.isOpen()).isTrue();
    region.release();
    assertThat(file.isOpen()).isFalse();
  }

  /** What comes out of a connection's pipeline when a part of the file goes in. */
  private FileRegion sent() {
    connection.writeOutbound(new DefaultFileRegion(file, OFFSET, COUNT));
    Object out = connection.readOutbound();
    assertThat(out).isInstanceOf(CopiedRegion.class);
    return (FileRegion) out;
  }
}
