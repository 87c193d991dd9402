package io.orlop.api.system;

import io.orlop.access.PublicEndpoint;
import io.orlop.access.RequiresSystemPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.http.PublicUrl;
import io.orlop.platform.http.PublicUrls;
import io.orlop.platform.settings.AuthMode;
import io.orlop.platform.settings.SettingKey;
import io.orlop.platform.settings.Settings;
import io.orlop.storage.StorageConfig;
import io.orlop.system.health.DataVolume;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;

/** Tells how the system is set up. */
@Path("/api/v2.0/systeminfo")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SystemInfoResource {
  private final ApiCall call;
  private final PublicUrls urls;
  private final HarborVersion version;
  private final StorageConfig storage;
  private final DataVolume volume;
  private final Settings settings;

  SystemInfoResource(
      ApiCall call,
      PublicUrls urls,
      HarborVersion version,
      StorageConfig storage,
      DataVolume volume,
      Settings settings) {
    this.call = call;
    this.urls = urls;
    this.version = version;
    this.storage = storage;
    this.volume = volume;
    this.settings = settings;
  }

  /** The body of {@code /volumes}. */
  public record Volumes(List<DataVolume.Space> storage) {}

  @GET
  @PublicEndpoint
  public Response info(@Context HttpServerRequest request) {
    return Response.ok(call.isAnonymous() ? forAnybody() : forAccounts(urls.of(request))).build();
  }

  @GET
  @Path("/volumes")
  @RequiresSystemPermission(SystemPermission.SYSTEM_VOLUMES_READ)
  public Volumes volumes() {
    return new Volumes(List.of(volume.space()));
  }

  /** There is no certificate authority of our own. */
  @GET
  @Path("/getcert")
  @PublicEndpoint
  public Response certificate() {
    throw ErrorCode.NOT_FOUND.exception("there is no default root certificate");
  }

  private SystemInfo forAnybody() {
    return new SystemInfo(
        settings.authMode().wireName(),
        settings.primaryAuthMode(),
        settings.selfRegistration(),
        settings.bannerMessage(),
        oidcProviderName(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private String oidcProviderName() {
    return settings.authMode() == AuthMode.OIDC ? settings.text(SettingKey.OIDC_NAME) : "";
  }

  private SystemInfo forAccounts(PublicUrl url) {
    return new SystemInfo(
        settings.authMode().wireName(),
        settings.primaryAuthMode(),
        settings.selfRegistration(),
        settings.bannerMessage(),
        oidcProviderName(),
        version.text(),
        url.toString(),
        url.authority(),
        settings.projectCreationRestriction().wireName(),
        false,
        storage.type().wireName(),
        settings.readOnly(),
        settings.notificationEnable(),
        Instant.now());
  }
}
