package io.orlop.security;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is pushed. */
final class ContentThings implements Words.Maker {
  private final RegistryClient owner;
  private final RegistryClient beginner;
  private final String sources;

  /**
   * Prepares pushes.
   *
   * @param beginner who begins uploads that are under way
   * @param sources a repository that everybody may pull from
   */
  ContentThings(RegistryClient owner, RegistryClient beginner, String sources) {
    this.owner = owner;
    this.beginner = beginner;
    this.sources = sources;
  }

  @Override
  public Map<String, String> make(String word, Words words) {
    RepositoryClient repository = owner.repository(words.repository());
    return switch (word) {
      case "digest", "reference", "tag", "tag_name", "config", "manifest" -> artifact(repository);
      case "accessory" -> Map.of(word, accessory(repository, words));
      case "loose_blob" -> Map.of(word, repository.pushBlob(Blobs.random(32)).toString());
      case "upload" -> Map.of(word, upload(words.repository()));
      case "spare_repository" -> Map.of(word, spare(words.repository()));
      case "source_repository" -> Map.of(word, sources);
      case "source", "source_digest", "source_config" -> source();
      default -> Map.of();
    };
  }

  private static Map<String, String> artifact(RepositoryClient repository) {
    String tag = Words.newName();
    byte[] config =
        """
        {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]},
         "history":[{"created":"2026-01-02T03:04:05Z","created_by":"made of %s"}]}
        """
            .formatted(tag)
            .getBytes(StandardCharsets.UTF_8);
    Digest configDigest = repository.pushBlob(config);
    ManifestBuilder manifest = ManifestBuilder.image().config(config);
    Digest digest = repository.pushManifest(tag, manifest);
    return Map.of(
        "digest", digest.toString(),
        "reference", digest.toString(),
        "tag", tag,
        "tag_name", tag,
        "config", configDigest.toString(),
        "manifest", manifest.text());
  }

  private static String accessory(RepositoryClient repository, Words words) {
    byte[] subject = words.get("manifest").getBytes(StandardCharsets.UTF_8);
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    repository.pushBlob(empty);
    ManifestBuilder manifest =
        ManifestBuilder.image()
            .artifactType("application/vnd.cncf.notary.signature")
            .config(ManifestBuilder.OCI_EMPTY, empty)
            .annotation("of", words.get("tag"))
            .subject(ManifestBuilder.OCI_MANIFEST, Digest.of(subject), subject.length);
    return repository.pushManifest(manifest.digest().toString(), manifest).toString();
  }

  private String upload(String repository) {
    String location = beginner.repository(repository).openUpload().getRawPath();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /** A repository of its own, by its name after the project's, as paths need it. */
  private String spare(String repository) {
    String name = repository + "-" + Words.newName();
    artifact(owner.repository(name));
    return name.substring(name.indexOf('/') + 1).replace("/", "%252F");
  }

  private Map<String, String> source() {
    Map<String, String> pushed = artifact(owner.repository(sources));
    String digest = pushed.getOrDefault("digest", "");
    return Map.of(
        "source",
        sources + "@" + digest,
        "source_digest",
        digest,
        "source_config",
        pushed.getOrDefault("config", ""));
  }
}
