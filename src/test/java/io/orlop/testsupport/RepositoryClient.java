package io.orlop.testsupport;

import io.orlop.oci.Digest;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One caller's view of one repository, in the words of the specification. */
public final class RepositoryClient {
  private final RegistryClient registry;
  private final String name;

  RepositoryClient(RegistryClient registry, String name) {
    this.registry = registry;
    this.name = name;
  }

  /** Returns the repository's name. */
  public String name() {
    return name;
  }

  /** Returns the caller. */
  public RegistryClient registry() {
    return registry;
  }

  /** Begins a request to a path below the repository, such as {@code /tags/list}. */
  public Request request(String method, String path) {
    return registry.request(method, "/v2/" + name + path);
  }

  /** Pulls a blob. */
  public Answer getBlob(Digest digest) {
    return request("GET", "/blobs/" + digest).send();
  }

  /** Pulls what a {@code Range} header asks of a blob. */
  public Answer getBlob(Digest digest, String range) {
    return request("GET", "/blobs/" + digest).header("Range", range).send();
  }

  /** Asks whether a blob is here. */
  public Answer headBlob(Digest digest) {
    return request("HEAD", "/blobs/" + digest).send();
  }

  /** Deletes a blob. */
  public Answer deleteBlob(Digest digest) {
    return request("DELETE", "/blobs/" + digest).send();
  }

  /** Begins an upload; {@code query} is empty or starts with a question mark. */
  public Answer beginUpload(String query) {
    return request("POST", "/blobs/uploads/" + query).send();
  }

  /** Begins an upload and returns where it goes on. */
  public URI openUpload() {
    return beginUpload("").expect(202).location();
  }

  /** Pushes a blob with a single POST. */
  public Answer post(Digest digest, byte[] content) {
    return request("POST", "/blobs/uploads/?digest=" + digest)
        .header("Content-Type", "application/octet-stream")
        .body(content)
        .send();
  }

  /** Pushes a blob, which must succeed. */
  public Digest pushBlob(byte[] content) {
    Digest digest = Digest.of(content);
    post(digest, content).expect(201);
    return digest;
  }

  /** Sends a chunk that begins at an offset. */
  public Answer patch(URI upload, long offset, byte[] chunk) {
    return registry
        .request("PATCH", upload)
        .header("Content-Type", "application/octet-stream")
        .header("Content-Range", offset + "-" + (offset + chunk.length - 1))
        .body(chunk)
        .send();
  }

  /** Sends bytes without saying where they belong or how many they are. */
  public Answer stream(URI upload, byte[] content) {
    return registry
        .request("PATCH", upload)
        .header("Content-Type", "application/octet-stream")
        .streamed(content)
        .send();
  }

  /** Ends an upload with its last bytes, if any. */
  public Answer finish(URI upload, Object digest, byte[] rest) {
    return registry
        .request("PUT", withQuery(upload, "digest=" + digest))
        .header("Content-Type", "application/octet-stream")
        .body(rest)
        .send();
  }

  /** Asks where an upload stands. */
  public Answer status(URI upload) {
    return registry.request("GET", upload).send();
  }

  /** Drops an upload. */
  public Answer cancel(URI upload) {
    return registry.request("DELETE", upload).send();
  }

  /** Pulls a manifest. */
  public Answer getManifest(Object reference) {
    return request("GET", "/manifests/" + reference).send();
  }

  /** Asks for a manifest's headers. */
  public Answer headManifest(Object reference) {
    return request("HEAD", "/manifests/" + reference).send();
  }

  /** Sends a manifest; {@code reference} may carry a query. */
  public Answer putManifest(Object reference, String contentType, byte[] body) {
    return request("PUT", "/manifests/" + reference)
        .header("Content-Type", contentType)
        .body(body)
        .send();
  }

  /** Sends a manifest as what it says it is. */
  public Answer putManifest(Object reference, ManifestBuilder manifest) {
    return putManifest(reference, manifest.contentType(), manifest.bytes());
  }

  /** Pushes a manifest by tag, which must succeed. */
  public Digest pushManifest(String tag, ManifestBuilder manifest) {
    putManifest(tag, manifest).expect(201);
    return manifest.digest();
  }

  /** Pushes a small image with a config and a layer of its own. */
  public Digest pushImage(String tag) {
    return pushManifest(tag, newImage());
  }

  /** Pushes a signature of a manifest, in Notation's form. */
  public ManifestBuilder sign(ManifestBuilder manifest) {
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    pushBlob(empty);
    ManifestBuilder signature =
        ManifestBuilder.image()
            .artifactType("application/vnd.cncf.notary.signature")
            .config(ManifestBuilder.OCI_EMPTY, empty)
            .subject(manifest);
    pushManifest(signature.digest().toString(), signature);
    return signature;
  }

  /** Pushes a config and a layer, and describes them as an image. */
  public ManifestBuilder newImage() {
    byte[] config = Blobs.config();
    byte[] layer = Blobs.random(64);
    pushBlob(config);
    pushBlob(layer);
    return ManifestBuilder.image().config(config).layer(layer);
  }

  /** Deletes a tag, or a manifest by its digest. */
  public Answer deleteManifest(Object reference) {
    return request("DELETE", "/manifests/" + reference).send();
  }

  /** Lists tags; {@code query} is empty or starts with a question mark. */
  public Answer tags(String query) {
    return request("GET", "/tags/list" + query).send();
  }

  /** Lists referrers; {@code query} is empty or starts with a question mark. */
  public Answer referrers(Object subject, String query) {
    return request("GET", "/referrers/" + subject + query).send();
  }

  /** Appends a parameter to an address, whether it has a query or not. */
  public static URI withQuery(URI uri, String parameter) {
    return URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + parameter);
  }
}
