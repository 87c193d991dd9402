package io.orlop.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.ByteRange.Part;
import io.orlop.oci.ByteRange.Parts;
import io.orlop.oci.ByteRange.Unsatisfiable;
import io.orlop.oci.ByteRange.Whole;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @Test
  void takesEverythingWithoutHeader() {
    assertThat(ByteRange.parse(null, 10)).isEqualTo(new Whole());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=a-b",
        "bytes=1",
        "bytes=1-2-3",
        "bytes=--1",
        "bytes=+1-2",
        "bytes=1 -2",
        "bytes=0-1;2-3",
        "bytes=0-1,x",
        "bytes =0-1",
        "bytes 0-1",
        "bytes=٠-١",
        "bytes=0-1\0",
        "items=0-1",
        "0-1",
      })
  void ignoresOtherUnitsAndBrokenSyntax(String header) {
    assertThat(ByteRange.parse(header, 10)).isEqualTo(new Whole());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-9, 0, 10",
    "bytes=2-5, 2, 4",
    "bytes=002-0005, 2, 4",
    "Bytes=2-5, 2, 4",
    "bytes= 2-5 , 2, 4",
    "bytes=2-, 2, 8",
    "bytes=9-, 9, 1",
    "bytes=9-9, 9, 1",
    "bytes=5-99, 5, 5",
    "bytes=5-9223372036854775807, 5, 5",
    "bytes=5-99999999999999999999999999, 5, 5",
    "bytes=-1, 9, 1",
    "bytes=-10, 0, 10",
    "bytes=-99, 0, 10",
    "bytes=-99999999999999999999999999, 0, 10",
  })
  void clipsASingleRange(String header, long offset, long length) {
    assertThat(ByteRange.parse(header, 10)).isEqualTo(new Parts(List.of(new Part(offset, length))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=10-",
        "bytes=10-20",
        "bytes=5-2",
        "bytes=500-0",
        "bytes=-0",
        "bytes=-000",
        "bytes=99999999999999999999999999-",
        "bytes=10-11,20-21",
      })
  void cannotSatisfyWhatHoldsNoByte(String header) {
    assertThat(ByteRange.parse(header, 10)).isEqualTo(new Unsatisfiable());
  }

  @Test
  void treatsEmptyContentApart() {
    assertThat(ByteRange.parse("bytes=0-", 0)).isEqualTo(new Unsatisfiable());
    assertThat(ByteRange.parse("bytes=0-0", 0)).isEqualTo(new Unsatisfiable());
    assertThat(ByteRange.parse("bytes=-0", 0)).isEqualTo(new Unsatisfiable());
    assertThat(ByteRange.parse("bytes=-5", 0)).isEqualTo(new Whole());
  }

  @Test
  void keepsTheOrderOfRangesThatDoNotOverlap() {
    assertThat(ByteRange.parse("bytes=6-7,0-1,,2-3, 50-60", 10))
        .isEqualTo(new Parts(List.of(new Part(6, 2), new Part(0, 2), new Part(2, 2))));
  }

  @Test
  void joinsRangesThatOverlap() {
    assertThat(ByteRange.parse("bytes=8-9,0-3,2-5,1-2", 10))
        .isEqualTo(new Parts(List.of(new Part(0, 6), new Part(8, 2))));
    assertThat(ByteRange.parse("bytes=0-,0-,0-", 10))
        .isEqualTo(new Parts(List.of(new Part(0, 10))));
  }

  @Test
  void ignoresAHeaderWithMoreThanSixteenRanges() {
    assertThat(ByteRange.parse(manyRanges(16), 1000))
        .isInstanceOfSatisfying(Parts.class, parts -> assertThat(parts.parts()).hasSize(16));
    assertThat(ByteRange.parse(manyRanges(17), 1000)).isEqualTo(new Whole());
    assertThat(ByteRange.parse(manyRanges(100_000), 1000)).isEqualTo(new Whole());
  }

  @Test
  void coversExactlyTheBytesAskedFor() {
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      int size = 1 + random.nextInt(20);
      var asked = new BitSet();
      var members = new ArrayList<String>();
      for (int j = 1 + random.nextInt(4); j > 0; j--) {
        int a = random.nextInt(25);
        int b = random.nextInt(25);
        switch (random.nextInt(3)) {
          case 0 -> {
            members.add(a + "-" + b);
            asked.set(Math.min(a, size), Math.max(Math.min(a, size), Math.min(b + 1, size)));
          }
          case 1 -> {
            members.add(a + "-");
            asked.set(Math.min(a, size), size);
          }
          default -> {
            members.add("-" + b);
            asked.set(Math.max(0, size - b), size);
          }
        }
      }
      String header = "bytes=" + String.join(",", members);
      assertThat(covered(ByteRange.parse(header, size)))
          .as("%s of %d", header, size)
          .isEqualTo(asked);
    }
  }

  private static BitSet covered(ByteRange range) {
    var covered = new BitSet();
    switch (range) {
      case Whole() -> throw new AssertionError("not expected");
      case Unsatisfiable() -> {}
      case Parts(var parts) -> {
        assertThat(parts).isNotEmpty();
        for (Part part : parts) {
          assertThat(part.length()).isPositive();
          assertThat(covered.get((int) part.offset(), (int) part.last() + 1).isEmpty()).isTrue();
          covered.set((int) part.offset(), (int) part.last() + 1);
        }
      }
    }
    return covered;
  }

  private static String manyRanges(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> (2 * i) + "-" + (2 * i))
        .collect(Collectors.joining(",", "bytes=", ""));
  }
}
