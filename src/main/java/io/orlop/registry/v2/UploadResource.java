package io.orlop.registry.v2;

import io.orlop.access.Action;
import io.orlop.access.RequiresAction;
import io.orlop.catalog.blob.BlobService;
import io.orlop.catalog.upload.UploadService;
import io.orlop.catalog.upload.UploadSession;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.oci.InvalidNameException;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.http.PublicUrl;
import io.orlop.platform.http.PublicUrls;
import io.orlop.registry.RegistryErrorBody;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Blobs on their way in: at once, in chunks, or mounted from another repository.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs">distribution-spec,
 *     pushing blobs</a>
 */
@Path("/v2/{name:.+}/blobs/uploads")
@RegistryDoor
@RunOnVirtualThread
@Consumes("*/*")
public class UploadResource {
  private final UploadService uploads;
  private final BlobService blobs;
  private final Gatekeeper gatekeeper;
  private final PublicUrls urls;
  private final RegistryErrorBody errors;
  private final RegistryCall call;
  private final Chunks chunks;

  UploadResource(
      UploadService uploads,
      BlobService blobs,
      Gatekeeper gatekeeper,
      PublicUrls urls,
      RegistryErrorBody errors,
      RegistryCall call,
      Chunks chunks) {
    this.chunks = chunks;
    this.errors = errors;
    this.uploads = uploads;
    this.blobs = blobs;
    this.gatekeeper = gatekeeper;
    this.urls = urls;
    this.call = call;
  }

  /** Begins an upload, takes a whole blob, or mounts one. */
  @POST
  @RequiresAction(Action.PUSH)
  public Response begin(
      @RestPath String name,
      @RestQuery @Nullable String mount,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String digest,
      @RestQuery("digest-algorithm") @Nullable String algorithm,
      @Context RoutingContext context,
      @Context HttpHeaders headers)
      throws IOException {
    HttpServerRequest request = context.request();
    if (mount != null && mounted(Digest.parse(mount), from)) {
      return created(request, Digest.parse(mount));
    }
    if (digest != null && mount == null) {
      Digest announced = Digest.parse(digest);
      uploads.uploadWhole(
          call.repository(), call.principal(), announced, chunks.of(headers, context));
      return created(request, announced);
    }
    UploadSession session =
        uploads.start(call.repository(), call.principal(), algorithms(algorithm));
    return progress(Response.accepted(), request, session);
  }

  /** Takes a chunk. */
  @PATCH
  @Path("/{upload:[^/]+}")
  @RequiresAction(Action.PUSH)
  public Response append(
      @RestPath String name,
      @RestPath String upload,
      @Context RoutingContext context,
      @Context HttpHeaders headers)
      throws IOException {
    HttpServerRequest request = context.request();
    UploadSession session =
        uploads.append(
            call.repository(), call.principal(), id(upload), chunks.of(headers, context));
    return progress(Response.accepted(), request, session);
  }

  /** Ends an upload, perhaps with its last chunk. */
  @PUT
  @Path("/{upload:[^/]+}")
  @RequiresAction(Action.PUSH)
  public Response finish(
      @RestPath String name,
      @RestPath String upload,
      @RestQuery @Nullable String digest,
      @Context RoutingContext context,
      @Context HttpHeaders headers)
      throws IOException {
    HttpServerRequest request = context.request();
    if (digest == null) {
      throw ErrorCode.DIGEST_INVALID.exception("the query parameter digest is missing");
    }
    Digest announced = Digest.parse(digest);
    try {
      uploads.finish(
          call.repository(), call.principal(), id(upload), announced, chunks.of(headers, context));
      return created(request, announced);
    } catch (RegistryException e) {
      return refused(e, upload, request);
    }
  }

  /** Tells where an upload stands. */
  @GET
  @Path("/{upload:[^/]+}")
  @RequiresAction(Action.PUSH)
  public Response status(
      @RestPath String name, @RestPath String upload, @Context HttpServerRequest request) {
    UploadSession session = uploads.require(call.repository(), call.principal(), id(upload));
    return progress(Response.noContent(), request, session);
  }

  /** Drops an upload. */
  @DELETE
  @Path("/{upload:[^/]+}")
  @RequiresAction(Action.PUSH)
  public Response cancel(@RestPath String name, @RestPath String upload) {
    uploads.cancel(call.repository(), call.principal(), id(upload));
    return Response.noContent().build();
  }

  private boolean mounted(Digest digest, @Nullable String from) {
    Optional<RepositoryName> source;
    try {
      source = Optional.ofNullable(from).map(RepositoryName::new);
    } catch (InvalidNameException e) {
      return false; // A repository that cannot exist has no such blob.
    }
    return blobs.mount(call.repository(), digest, source, gatekeeper.now(call.principal()));
  }

  private Response created(HttpServerRequest request, Digest digest) {
    PublicUrl url = urls.of(request);
    return Response.status(201)
        .header(HttpHeaders.LOCATION, Paths.blob(url, call.repository().name(), digest))
        .header(Headers.DIGEST, digest)
        .build();
  }

  /** A client whose chunk is out of order is told where to go on. */
  private Response refused(RegistryException refusal, String upload, HttpServerRequest request) {
    if (refusal.code() != ErrorCode.BLOB_UPLOAD_OUT_OF_ORDER) {
      throw refusal;
    }
    UploadSession session = uploads.require(call.repository(), call.principal(), id(upload));
    return progress(Response.fromResponse(errors.answer(refusal)), request, session);
  }

  private Response progress(
      ResponseBuilder response, HttpServerRequest request, UploadSession session) {
    return UploadProgress.describe(response, urls.of(request), call.repository(), session).build();
  }

  private static Set<DigestAlgorithm> algorithms(@Nullable String name) {
    Set<DigestAlgorithm> algorithms = EnumSet.of(DigestAlgorithm.SHA256);
    if (name != null) {
      algorithms.add(
          DigestAlgorithm.byWireName(name)
              .orElseThrow(() ->
                  ErrorCode.DIGEST_INVALID.exception(
                      "unsupported digest algorithm: supported are sha256 and sha512")));
    }
    return algorithms;
  }

  private static UUID id(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the same answer as for an id that was never given out.
    }
    throw ErrorCode.BLOB_UPLOAD_UNKNOWN.exception("no such upload");
  }
}
