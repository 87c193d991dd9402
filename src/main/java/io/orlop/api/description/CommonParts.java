package io.orlop.api.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Adds to the description what is the same for all operations and therefore stands in filters, not
 * in resources: how to sign in, how errors look, the headers that every request may bring.
 */
public class CommonParts implements OASFilter {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
  private static final String BASIC = "basic";
  private static final String ERRORS = "Errors";

  private static final Map<String, String> FAILURES =
      Map.of(
          "400", "What was sent cannot be understood.",
          "401", "Nobody is signed in, or the credentials are wrong.",
          "403", "The caller lacks the right.",
          "404", "There is no such thing.",
          "429", "Too many requests: try again after the time in Retry-After.",
          "500", "The registry failed; its log has the request's id.");

  private static final Map<String, String> FAILURES_OF_CHANGES =
      Map.of(
          "409", "The same thing exists already.",
          "412", "Something else stands against it.",
          "415", "The body is of a type that is not taken.",
          "422", "A value is of the wrong type or out of bounds.");

  @Override
  public void filterOpenAPI(OpenAPI description) {
    description
        .getComponents()
        .addSecurityScheme(
            BASIC, OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"))
        .addSchema(ERRORS, errors());
    description.addSecurityRequirement(
        OASFactory.createSecurityRequirement().addScheme(BASIC, List.of()));
    Objects.requireNonNull(description.getPaths().getPathItems())
        .forEach((path, item) ->
            item.getOperations().forEach((method, operation) -> complete(path, method, operation)));
  }

  private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
    List<Parameter> parameters = new ArrayList<>();
    if (operation.getParameters() != null) {
      parameters.addAll(operation.getParameters());
    }
    VARIABLE
        .matcher(path)
        .results()
        .map(CommonParts::name)
        .filter(name -> parameters.stream().noneMatch(known -> name.equals(known.getName())))
        .forEach(name -> parameters.add(parameter(name, Parameter.In.PATH).required(true)));
    parameters.add(parameter("X-Request-Id", Parameter.In.HEADER));
    if (path.contains("{project_name_or_id}") || path.contains("{project_name}")) {
      parameters.add(parameter("X-Is-Resource-Name", Parameter.In.HEADER));
    }
    operation.setParameters(parameters);
    Map<String, APIResponse> responses =
        new LinkedHashMap<>(operation.getResponses().getAPIResponses());
    // A method that returns nothing, or an answer that it builds by itself, says 200 with no body.
    APIResponse nothing = responses.remove("204");
    if (nothing != null) {
      responses.put("200", nothing);
    }
    responses.replaceAll((status, response) -> list(response));
    FAILURES.forEach((status, text) -> responses.putIfAbsent(status, failure(text)));
    if (method != PathItem.HttpMethod.HEAD) {
      FAILURES_OF_CHANGES.forEach((status, text) -> responses.putIfAbsent(status, failure(text)));
    }
    APIResponses all = OASFactory.createAPIResponses();
    responses.forEach(all::addAPIResponse);
    operation.setResponses(all);
  }

  /** Every list says how many items it has on all its pages, and where the pages beside it are. */
  private static APIResponse list(APIResponse response) {
    boolean isList =
        response.getContent() != null
            && response.getContent().getMediaTypes().values().stream()
                .anyMatch(type -> type.getSchema() != null && isArray(type.getSchema()));
    return isList
        ? response
            .addHeader("X-Total-Count", header(Schema.SchemaType.INTEGER))
            .addHeader("Link", header(Schema.SchemaType.STRING))
        : response;
  }

  private static boolean isArray(Schema schema) {
    return schema.getType() != null && schema.getType().contains(Schema.SchemaType.ARRAY);
  }

  private static Header header(Schema.SchemaType type) {
    return OASFactory.createHeader().schema(OASFactory.createSchema().addType(type));
  }

  private static Parameter parameter(String name, Parameter.In place) {
    return OASFactory.createParameter()
        .name(name)
        .in(place)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
  }

  private static APIResponse failure(String text) {
    Content content =
        OASFactory.createContent()
            .addMediaType(
                "application/json",
                OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref("#/components/schemas/" + ERRORS)));
    return OASFactory.createAPIResponse().description(text).content(content);
  }

  private static Schema errors() {
    Schema text = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    Schema error =
        OASFactory.createSchema()
            .addType(Schema.SchemaType.OBJECT)
            .addProperty("code", text)
            .addProperty("message", text);
    return OASFactory.createSchema()
        .addType(Schema.SchemaType.OBJECT)
        .addProperty(
            "errors", OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(error));
  }

  private static String name(MatchResult variable) {
    String text = variable.group(1);
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon).strip();
  }
}
