package io.orlop.api.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orlop.access.RequiresSystemPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Bodies;
import io.orlop.platform.settings.SettingKey;
import io.orlop.platform.settings.SettingType;
import io.orlop.system.settings.SettingsService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of the whole system. */
@Path("/api/v2.0/configurations")
@ApiDoor
@RunOnVirtualThread
public class ConfigurationResource {
  private final SettingsService settings;
  private final ObjectMapper mapper;
  private final ApiCall call;

  ConfigurationResource(SettingsService settings, ObjectMapper mapper, ApiCall call) {
    this.settings = settings;
    this.mapper = mapper;
    this.call = call;
  }

  @GET
  @RequiresSystemPermission(SystemPermission.CONFIGURATION_READ)
  @Produces(MediaType.APPLICATION_JSON)
  public ConfigurationsResponse get() {
    boolean editable = settings.areEditable();
    ObjectNode items = mapper.createObjectNode();
    settings
        .show(call.principal().systemAdministrator())
        .forEach((key, value) -> items.set(key.wireName(), item(key, value, editable)));
    return mapper.convertValue(items, ConfigurationsResponse.class);
  }

  @PUT
  @RequiresSystemPermission(SystemPermission.CONFIGURATION_UPDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(@Nullable ConfigurationsRequest body) {
    Map<SettingKey, JsonNode> wanted = new EnumMap<>(SettingKey.class);
    mapper
        .<ObjectNode>valueToTree(Bodies.required(body, "configurations"))
        .propertyStream()
        .filter(member -> !member.getValue().isNull())
        .forEach(member ->
            SettingKey.byWireName(member.getKey())
                .ifPresent(key -> wanted.put(key, member.getValue())));
    settings.change(wanted);
    return Response.ok().build();
  }

  /** Clients read an object as what it is: Harbor's own answer has it without its wrapping. */
  private JsonNode item(SettingKey key, JsonNode value, boolean editable) {
    return key.type() == SettingType.OBJECT
        ? mapper.valueToTree(ScanAllPolicy.of(value))
        : mapper.createObjectNode().put("editable", editable).set("value", value);
  }
}
