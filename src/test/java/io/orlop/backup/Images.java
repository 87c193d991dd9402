package io.orlop.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.oci.Digest;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The images of one repository. */
final class Images {
  private final RepositoryClient repository;

  Images(RegistryClient registry) {
    this.repository = registry.repository("library/app");
  }

  /** Pushes images {@code v0}, {@code v1} and so on. */
  Map<String, Digest> push(int count) {
    Map<String, Digest> tags = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      tags.put("v" + i, repository.pushImage("v" + i));
    }
    return tags;
  }

  /** Pushes images of other tags until it is told to end; returns how many. */
  int pushUntil(AtomicBoolean ended) {
    int pushed = 0;
    while (!ended.get()) {
      repository.pushImage("later" + pushed++);
    }
    return pushed;
  }

  /** Pulls every tag that is listed, whole, and returns the tags. */
  Map<String, Digest> pullAll() {
    Map<String, Digest> tags = new TreeMap<>();
    for (String tag : repository.tags("").expect(200).texts("tags")) {
      tags.put(tag, pull(tag));
    }
    return tags;
  }

  private Digest pull(String tag) {
    var manifest = repository.getManifest(tag).expect(200);
    JsonNode json = manifest.json();
    pullBlob(json.path("config"));
    json.path("layers").forEach(this::pullBlob);
    return Digest.of(manifest.bytes());
  }

  private void pullBlob(JsonNode descriptor) {
    Digest digest = Digest.parse(descriptor.path("digest").asText());
    assertThat(Digest.of(repository.getBlob(digest).expect(200).bytes())).isEqualTo(digest);
  }
}
