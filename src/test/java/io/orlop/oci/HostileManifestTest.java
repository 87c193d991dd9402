package io.orlop.oci;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileManifestTest {
  private static final int FOUR_MIB = 4 << 20;
  private static final String OPEN = "{\"schemaVersion\":2,\"manifests\":[]";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"x\"",
        "[]",
        "{",
        "}",
        "{]",
        "{\"schemaVersion\"",
        "{\"schemaVersion\":2",
        "{\"schemaVersion\":2,}",
        "{'schemaVersion':2}",
        "{schemaVersion:2}",
        "{\"schemaVersion\":02}",
        "{\"schemaVersion\":NaN}",
        "{\"schemaVersion\":2}//",
        "<manifest/>",
        "\0",
        "{\"a\":\"\0\"}",
        "\uFEFF{}",
        "{\"schemaVersion\":2,\"manifests\":[]}x",
        "{\"schemaVersion\":2,\"manifests\":[]}{}",
        "{\"schemaVersion\":2,\"manifests\":[]}]",
        "{\"schemaVersion\":2,\"manifests\":[]} null",
        "{\"schemaVersion\":2,\"manifests\":[]}\0",
      })
  void refusesWhatIsNoSingleJsonObject(String body) {
    assertThat(refusal(body.getBytes(UTF_8), null)).startsWith("invalid manifest: ");
  }

  @Test
  void acceptsBlanksAroundTheDocument() {
    byte[] body = ("\r\n\t " + OPEN + "}\r\n\t ").getBytes(UTF_8);
    assertThat(ManifestParser.parse(body, null)).isInstanceOf(IndexManifest.class);
  }

  @Test
  void refusesOtherEncodingsThanUtf8() {
    assertThat(refusal((OPEN + "}").getBytes(UTF_16LE), null)).isNotEmpty();
    for (int[] wrong :
        new int[][] {{0xff}, {0xc0, 0xaf}, {0xed, 0xa0, 0x80}, {0xf5, 0x80, 0x80, 0x80}, {0xc3}}) {
      var body = new ByteArrayOutputStream();
      body.writeBytes((OPEN + ",\"skipped\":\"").getBytes(UTF_8));
      for (int b : wrong) {
        body.write(b);
      }
      body.writeBytes("\"}".getBytes(UTF_8));
      assertThat(refusal(body.toByteArray(), null)).contains("not UTF-8");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void refusesDeepNestingEvenInMembersThatItSkips(String opening) {
    String deep = OPEN + ",\"skipped\":" + opening.repeat(FOUR_MIB / opening.length() - 64);
    assertThat(refusal(deep.getBytes(UTF_8), null)).contains("nested more than 100 levels");
  }

  @Test
  void acceptsNestingThatIsNotDeep() {
    String body = OPEN + ",\"skipped\":" + "[".repeat(90) + "]".repeat(90) + "}";
    assertThat(ManifestParser.parse(body.getBytes(UTF_8), null)).isInstanceOf(IndexManifest.class);
  }

  @Test
  void skipsMegabytesThatItDoesNotRead() {
    for (String filler : new String[] {"[],", "{},", "1,", "\"\","}) {
      String body = OPEN + ",\"skipped\":[" + filler.repeat(FOUR_MIB / filler.length()) + "0]}";
      assertThat(ManifestParser.parse(body.getBytes(UTF_8), null))
          .isInstanceOf(IndexManifest.class);
    }
    String text = OPEN + ",\"skipped\":\"" + "x".repeat(FOUR_MIB) + "\"}";
    assertThat(ManifestParser.parse(text.getBytes(UTF_8), null)).isInstanceOf(IndexManifest.class);
  }

  @Test
  void readsAnAnnotationOfMegabytes() {
    String body = OPEN + ",\"annotations\":{\"a\":\"" + "x".repeat(FOUR_MIB) + "\"}}";
    assertThat(ManifestParser.parse(body.getBytes(UTF_8), null).annotations().get("a"))
        .hasSize(FOUR_MIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"schemaVersion", "size"})
  void refusesNumbersOfMegabytes(String member) {
    String digits = "9".repeat(FOUR_MIB);
    String body =
        member.equals("size")
            ? "{\"schemaVersion\":2,\"manifests\":[{\"size\":" + digits + "}]}"
            : "{\"schemaVersion\":" + digits + "}";
    assertThat(refusal(body.getBytes(UTF_8), null)).hasSizeLessThan(200);
  }

  @Test
  void refusesNamesAndValuesOfMegabytesWithAShortMessage() {
    String huge = "x".repeat(FOUR_MIB);
    for (String body :
        new String[] {
          "{\"" + huge + "\":1}",
          "{\"schemaVersion\":2,\"mediaType\":\"" + huge + "\"}",
          "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"sha256:" + huge + "\"}]}",
          OPEN + ",\"annotations\":{\"" + "y".repeat(40_000) + "\":1}}",
          "{\"schemaVersion\":2," + huge,
        }) {
      assertThat(refusal(body.getBytes(UTF_8), null)).hasSizeLessThan(400);
    }
  }

  @Test
  void messagesHoldNoControlCharacters() {
    for (String text : new String[] {"\\r\\nx", "\\u0007", "\\u0000"}) {
      String body = "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + text + "\"}]}";
      assertThat(refusal(body.getBytes(UTF_8), null)).doesNotContainPattern("\\p{Cntrl}");
      String annotated = OPEN + ",\"annotations\":{\"" + text + "\":1}}";
      assertThat(refusal(annotated.getBytes(UTF_8), null)).doesNotContainPattern("\\p{Cntrl}");
    }
  }

  @Test
  void answersMutilatedManifestsWithAManifestOrARefusal() {
    byte[] good =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
        "config":{"mediaType":"a/b","digest":"%1$s","size":2,"data":"e30="},
        "layers":[{"mediaType":"a/b","digest":"%1$s","size":2,"platform":{"os":"x"},"urls":["é"]}],
        "subject":{"mediaType":"a/b","digest":"%1$s","size":2},"annotations":{"a":"\\u00e9"}}
        """
            .formatted(Digest.of("{}".getBytes(UTF_8)))
            .getBytes(UTF_8);
    var random = new Random(5);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad =
          Arrays.copyOf(good, good.length - (random.nextInt(10) == 0 ? random.nextInt(50) : 0));
      for (int j = random.nextInt(3); j >= 0; j--) {
        int at = random.nextInt(bad.length);
        bad[at] =
            random.nextBoolean() ? (byte) random.nextInt(256) : good[random.nextInt(good.length)];
      }
      accepted += isManifest(bad) ? 1 : 0;
    }
    assertThat(accepted).isBetween(100, 19_000);
  }

  @Test
  void keepsTheReasonForThoseWhoDebug() {
    assertThatThrownBy(() -> ManifestParser.parse("{".getBytes(UTF_8), null))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessageContaining("line 1, column")
        .hasCauseInstanceOf(Exception.class);
  }

  /** Returns the message with which a manifest is refused. */
  static String refusal(byte[] body, @Nullable MediaType contentType) {
    var refused =
        catchThrowableOfType(
            InvalidManifestException.class, () -> ManifestParser.parse(body, contentType));
    assertThat(refused)
        .as("refusal of %s", new String(body, 0, Math.min(200, body.length), UTF_8))
        .isNotNull();
    return String.valueOf(refused.getMessage());
  }

  private static boolean isManifest(byte[] body) {
    try {
      return ManifestParser.parse(body, null) instanceof ImageManifest;
    } catch (InvalidManifestException _) {
      return false;
    }
  }
}
