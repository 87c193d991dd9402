package io.orlop.hostile;

import static io.orlop.testsupport.ManifestBuilder.OCI_INDEX;
import static io.orlop.testsupport.ManifestBuilder.OCI_MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that want too much of a parser or of the database behind it. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ManifestsTest extends HostileTest {
  private RepositoryClient repository;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
  }

  private Answer put(String body) {
    return repository.putManifest("v1", OCI_MANIFEST, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"config\":{\"annotations\":"})
  void nestedWithoutEndIsRefused(String level) {
    put(level.repeat(100_000)).expectError(400, "MANIFEST_INVALID");
    put("{\"schemaVersion\":2,\"x\":" + level.repeat(50_000)).expectError(400, "MANIFEST_INVALID");
  }

  @Test
  void fiveMebibytesAreRefused() {
    put("{\"a\":\"" + "x".repeat(5 * 1024 * 1024) + "\"}").expectError(413, "MANIFEST_INVALID");
  }

  @Test
  void hundredThousandAnnotationsAreStoredAndListed() {
    ManifestBuilder subject = repository.newImage();
    repository.pushManifest("v1", subject);
    ManifestBuilder many = repository.newImage().subject(subject);
    IntStream.range(0, 100_000).forEach(i -> many.annotation("a" + i, "\u00e4"));
    repository.putManifest(many.digest(), many).expect(201);
    assertThat(repository.referrers(subject.digest(), "").expect(200).json().path("manifests"))
        .hasSize(1);
  }

  @Test
  void indexOfThousandsOfMissingManifestsIsStored() {
    ManifestBuilder index = ManifestBuilder.index();
    IntStream.range(0, 20_000).forEach(i -> index.entry("manifests", OCI_MANIFEST, digestOf(i), i));
    repository.pushManifest("v1", index);
  }

  @Test
  void imageOfThousandsOfMissingLayersIsRefusedForEachOfThem() {
    ManifestBuilder image = repository.newImage();
    IntStream.range(0, 5_000).forEach(i -> image.entry("layers", "a/b", digestOf(i), i));
    Answer answer = repository.putManifest("v1", image).expect(400).expectErrorBody();
    assertThat(answer.json().path("errors")).hasSize(5_000);
  }

  private static Digest digestOf(int number) {
    return Digest.of(("number " + number).getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"schemaVersion\":2,\"schemaVersion\":2",
        "\"schemaVersion\":99999999999999999999",
        "\"schemaVersion\":2.0",
        "\"schemaVersion\":\"2\"",
        "\"schemaVersion\":2,\"mediaType\":7",
        "\"schemaVersion\":2,\"layers\":{}",
        "\"schemaVersion\":2,\"layers\":[null]",
        "\"schemaVersion\":2,\"layers\":[{}]",
        "\"schemaVersion\":2,\"config\":[]",
        "\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"digest\":\"sha256:../..\",\"size\":1}",
        "\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"digest\":\"\",\"size\":-1}",
        "\"schemaVersion\":2,\"layers\":[],\"annotations\":{\"a\":1}",
        "\"schemaVersion\":2,\"layers\":[],\"annotations\":{\"a\\u0000\":\"b\"}",
        "\"schemaVersion\":2,\"layers\":[],\"artifactType\":\"\\u0000\"",
        "\"schemaVersion\":2,\"layers\":[],\"artifactType\":\"\\ud800\"",
        "\"schemaVersion\":2,\"layers\":[],\"subject\":{\"mediaType\":\"a/b\",\"digest\":\"sha256:00\",\"size\":1}",
        "\"schemaVersion\":2,\"layers\":[]}{\"schemaVersion\":2",
        "\"schemaVersion\":2,\"layers\":[1e999999999]",
        "\"schemaVersion\":NaN",
        "'schemaVersion':2",
        "/**/\"schemaVersion\":2",
      })
  void brokenMembersAreRefused(String members) {
    put("{" + members + "}").expectError(400, "MANIFEST_INVALID");
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] body =
        "{\"schemaVersion\":2,\"layers\":[],\"x\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
    body[new String(body, StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xff;
    repository.putManifest("v1", OCI_MANIFEST, body).expectError(400, "MANIFEST_INVALID");
    byte[] utf16 = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_16);
    repository.putManifest("v1", OCI_MANIFEST, utf16).expectError(400, "MANIFEST_INVALID");
  }

  /** A layer of a foreign type says where to get it; nobody here goes there. */
  @Test
  void urlsAreNeverFollowed() {
    byte[] config = Blobs.config();
    repository.pushBlob(config);
    String descriptor =
        "{\"mediaType\":\"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip\",\"size\":1,"
            + "\"digest\":\""
            + digestOf(1)
            + "\",\"urls\":[\"http://127.0.0.1:1/\",\"file:///etc/passwd\"]}";
    String image =
        ManifestBuilder.image()
            .config(config)
            .text()
            .replace("\"layers\":[]", "\"layers\":[" + descriptor + "]");
    put(image).expect(201);
  }

  /** The seed is fixed: what fails once fails again. */
  @Test
  void mutilatedManifestsAreStoredOrRefused() {
    Random random = new Random(20_250_101);
    ManifestBuilder subject = repository.newImage();
    List<ManifestBuilder> valid =
        List.of(
            repository.newImage().subject(subject).annotation("a", "b").artifactType("x/y"),
            ManifestBuilder.index()
                .child(subject)
                .subject(subject)
                .annotation("\u00e4", "\ud83d\ude00"));
    for (int i = 0; i < 400; i++) {
      ManifestBuilder original = valid.get(i % valid.size());
      byte[] body = mutate(original.bytes(), random);
      String type = random.nextInt(10) == 0 ? OCI_INDEX : original.contentType();
      Answer answer = repository.putManifest("fuzz", type, body);
      assertThat(answer.status())
          .as("%s after %s", new String(body, StandardCharsets.UTF_8), answer)
          .isIn(201, 400);
      if (answer.status() == 400) {
        answer.expectErrorBody();
      } else {
        assertThat(repository.getManifest("fuzz").expect(200).bytes()).isEqualTo(body);
      }
    }
    repository.referrers(subject.digest(), "").expect(200).json();
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] body = original.clone();
    int at = random.nextInt(body.length);
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(body, at);
      case 1 -> {
        body[at] = (byte) random.nextInt(256);
        yield body;
      }
      case 2 -> spliced(body, at, at + random.nextInt(Math.min(20, body.length - at)), "");
      case 3 ->
          spliced(
              body, at, at, pick(random, "{", "}", "[", "]", "\"", ",", "null", "-1", "\\u0000"));
      case 4 -> {
        int end = Math.min(body.length, at + 1 + random.nextInt(60));
        String part = new String(Arrays.copyOfRange(body, at, end), StandardCharsets.ISO_8859_1);
        yield spliced(body, at, at, part);
      }
      default ->
          spliced(
              body, at, Math.min(body.length, at + 1), pick(random, "9", "a", ":", "/", "\u0001"));
    };
  }

  private static String pick(Random random, String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private static byte[] spliced(byte[] body, int from, int to, String middle) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return List.of(text.substring(0, from), middle, text.substring(to)).stream()
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
