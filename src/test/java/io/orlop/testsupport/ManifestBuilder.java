package io.orlop.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orlop.oci.Digest;
import java.nio.charset.StandardCharsets;

/** Writes manifests of all kinds, right and wrong ones. */
public final class ManifestBuilder {
  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String OCI_ARTIFACT = "application/vnd.oci.artifact.manifest.v1+json";
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
  public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String contentType;
  private final ObjectNode document = JSON.createObjectNode();

  private ManifestBuilder(String contentType) {
    this.contentType = contentType;
    document.put("schemaVersion", 2);
    document.put("mediaType", contentType);
  }

  /** Begins a manifest of any media type. */
  public static ManifestBuilder of(String mediaType) {
    return new ManifestBuilder(mediaType);
  }

  /** Begins an image without config and layers. */
  public static ManifestBuilder image() {
    ManifestBuilder builder = of(OCI_MANIFEST);
    builder.document.putArray("layers");
    return builder;
  }

  /** Begins an index without entries. */
  public static ManifestBuilder index() {
    ManifestBuilder builder = of(OCI_INDEX);
    builder.document.putArray("manifests");
    return builder;
  }

  /** Names the config. */
  public ManifestBuilder config(byte[] content) {
    return config(OCI_CONFIG, content);
  }

  /** Names the config, of any media type. */
  public ManifestBuilder config(String mediaType, byte[] content) {
    describe(document.putObject("config"), mediaType, Digest.of(content), content.length);
    return this;
  }

  /** Adds a layer. */
  public ManifestBuilder layer(byte[] content) {
    return layer(OCI_LAYER, content);
  }

  /** Adds a layer of any media type. */
  public ManifestBuilder layer(String mediaType, byte[] content) {
    return entry("layers", mediaType, Digest.of(content), content.length);
  }

  /** Adds an entry of an index. */
  public ManifestBuilder child(ManifestBuilder child) {
    return entry("manifests", child.contentType, child.digest(), child.bytes().length);
  }

  /** Adds a descriptor to an array of the document. */
  public ManifestBuilder entry(String array, String mediaType, Digest digest, long size) {
    ArrayNode entries =
        document.has(array) ? (ArrayNode) document.get(array) : document.putArray(array);
    describe(entries.addObject(), mediaType, digest, size);
    return this;
  }

  /** Names the subject. */
  public ManifestBuilder subject(ManifestBuilder subject) {
    return subject(subject.contentType, subject.digest(), subject.bytes().length);
  }

  /** Names a subject that need not exist. */
  public ManifestBuilder subject(String mediaType, Digest digest, long size) {
    describe(document.putObject("subject"), mediaType, digest, size);
    return this;
  }

  /** Says what kind of artifact it is. */
  public ManifestBuilder artifactType(String type) {
    return with("artifactType", type);
  }

  /** Adds an annotation. */
  public ManifestBuilder annotation(String name, String value) {
    document.withObject("/annotations").put(name, value);
    return this;
  }

  /** Adds any member. */
  public ManifestBuilder with(String member, String value) {
    document.put(member, value);
    return this;
  }

  /** Leaves out a member. */
  public ManifestBuilder without(String member) {
    document.remove(member);
    return this;
  }

  /** Returns the media type to send it as. */
  public String contentType() {
    return contentType;
  }

  /** Returns the document. */
  public byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the document with an unknown member that makes it so many bytes long. */
  public byte[] paddedTo(int size) {
    int bare = with("padding", "").bytes().length;
    return with("padding", "x".repeat(size - bare)).bytes();
  }

  /** Returns the document's digest. */
  public Digest digest() {
    return Digest.of(bytes());
  }

  /** Returns the document's text. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private static void describe(ObjectNode node, String mediaType, Digest digest, long size) {
    node.put("mediaType", mediaType).put("digest", digest.toString()).put("size", size);
  }
}
