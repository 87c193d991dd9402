package io.orlop.registry.v2;

import io.orlop.access.Action;
import io.orlop.access.RequiresAction;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.blob.BlobInfo;
import io.orlop.catalog.blob.BlobService;
import io.orlop.oci.Digest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Blobs: pulled, looked for, deleted.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-blobs">distribution-spec,
 *     pulling blobs</a>
 */
@Path("/v2/{name:.+}/blobs/{digest:[^/]+}")
@RegistryDoor
@RunOnVirtualThread
public class BlobResource {
  private final BlobService blobs;
  private final BlobResponses responses;
  private final RegistryCall call;

  BlobResource(BlobService blobs, BlobResponses responses, RegistryCall call) {
    this.blobs = blobs;
    this.responses = responses;
    this.call = call;
  }

  /** Serves a blob, or the range of it that was asked for. */
  @GET
  @RequiresAction(Action.PULL)
  public Response get(
      @RestPath String name, @RestPath String digest, @Context HttpServerRequest request) {
    return get(call.repository(), digest, request);
  }

  Response get(RepositoryRef repository, String digest, HttpServerRequest request) {
    return answer(blobs.require(repository, Digest.parse(digest)), null, request);
  }

  /** Serves a blob without waiting for anything; empty if that is not possible. */
  Optional<Response> getAtOnce(RepositoryRef repository, String digest, HttpServerRequest request) {
    return blobs
        .remembered(repository, Digest.parse(digest))
        .flatMap(blob -> responses.atHand(blob).map(found -> answer(blob, found, request)));
  }

  private Response answer(
      BlobInfo blob, BlobResponses.@Nullable AtHand atHand, HttpServerRequest request) {
    if (ETags.matches(request.getHeader(HttpHeaders.IF_NONE_MATCH), blob.digest())) {
      return responses.notModified(blob);
    }
    String range = request.getHeader(Headers.RANGE);
    String ifRange = request.getHeader(Headers.IF_RANGE);
    boolean wholeAnyway = ifRange != null && !ETags.matches(ifRange, blob.digest());
    return responses.content(blob, wholeAnyway ? null : range, atHand);
  }

  /** Tells whether a blob is here, and promises to keep it for a while. */
  @HEAD
  @RequiresAction(Action.PULL)
  public Response head(
      @RestPath String name, @RestPath String digest, @Context HttpServerRequest request) {
    return head(call.repository(), digest, request);
  }

  Response head(RepositoryRef repository, String digest, HttpServerRequest request) {
    BlobInfo blob = blobs.promise(repository, Digest.parse(digest));
    return ETags.matches(request.getHeader(HttpHeaders.IF_NONE_MATCH), blob.digest())
        ? responses.notModified(blob)
        : responses.head(blob);
  }

  /** Removes a blob that no manifest of the repository names. */
  @DELETE
  @RequiresAction(Action.DELETE)
  public Response delete(@RestPath String name, @RestPath String digest) {
    blobs.unlink(call.repository(), Digest.parse(digest));
    return Response.accepted().build();
  }
}
