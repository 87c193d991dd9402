package io.orlop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

  @ParameterizedTest
  @ValueSource(longs = {32, 33, 1024, 1024 * 1024, 1024 * 1024 + 32, 3 * 1024 * 1024 + 12_345})
  void writesAsManyBytesAsItSaysWithTheDigestThatItSays(long size) throws IOException {
    Payload.Body body = new Payload(size).unique();
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    body.writeTo(Channels.newChannel(written));

    assertThat(written.size()).isEqualTo(size);
    assertThat(digest(written.toByteArray())).isEqualTo(body.digest());
  }

  @ParameterizedTest
  @ValueSource(longs = {32, 1024, 1024 * 1024 + 32, 2 * 1024 * 1024 + 70_000})
  void writesTheSameBytesInChunks(long size) throws IOException {
    Payload.Body body = new Payload(size).unique();
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    body.writeChunkedTo(Channels.newChannel(written));

    assertThat(digest(withoutChunks(written.toByteArray()))).isEqualTo(body.digest());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1024 * 1024 - 7, 1024 * 1024 + 900})
  void knowsTheDigestOfAPart(int from) throws IOException {
    Payload.Body body = new Payload(1024 * 1024 + 1000).unique();
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    body.writeTo(Channels.newChannel(written));

    byte[] part = Arrays.copyOfRange(written.toByteArray(), from, from + 100);
    assertThat(body.digestOf(from, part.length)).isEqualTo(digest(part));
  }

  @Test
  void makesNoBodyTwice() {
    Payload payload = new Payload(1024);

    assertThat(payload.unique().digest()).isNotEqualTo(payload.unique().digest());
    assertThat(payload.body(3).digest()).isEqualTo(payload.body(3).digest());
  }

  private static String digest(byte[] bytes) {
    return Payload.hex(Payload.sha256().digest(bytes));
  }

  private static byte[] withoutChunks(byte[] chunked) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int at = 0; ; ) {
      int end = at;
      while (chunked[end] != '\r') {
        end++;
      }
      int size = Integer.parseInt(new String(chunked, at, end - at, StandardCharsets.US_ASCII), 16);
      if (size == 0) {
        assertThat(chunked.length).isEqualTo(end + 4);
        return content.toByteArray();
      }
      content.write(chunked, end + 2, size);
      at = end + 2 + size + 2;
    }
  }
}
