package io.orlop.api.permission;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.Administration;
import io.orlop.access.Authenticated;
import io.orlop.access.explain.Explainer;
import io.orlop.access.explain.Explanation;
import io.orlop.access.explain.Question;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.OmitEmpty;
import io.orlop.api.Refusals;
import io.orlop.identity.Principal;
import io.orlop.identity.robot.NamedPrincipals;
import io.orlop.platform.error.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Says why somebody may do something or not. Orlop's own. */
@Path("/api/v2.0/permissions/explain")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ExplanationResource {
  private static final String NOBODY = "anonymous";

  private final Explainer explainer;
  private final NamedPrincipals principals;
  private final ApiCall call;
  private final Administration administration;

  ExplanationResource(
      Explainer explainer,
      NamedPrincipals principals,
      ApiCall call,
      Administration administration) {
    this.administration = administration;
    this.explainer = explainer;
    this.principals = principals;
    this.call = call;
  }

  /** The answer. */
  record Answer(
      String principal,
      String resource,
      String action,
      boolean allowed,
      List<Reason> reasons,
      List<Reason> remedies) {}

  /** One thing that allows it, or would. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Reason(
      String kind, @OmitEmpty int roleId, @OmitEmpty List<String> repositories, String text) {
    static Reason of(Explanation.Reason reason) {
      return new Reason(reason.kind(), reason.roleId(), reason.repositories(), reason.text());
    }
  }

  /**
   * Explains a right.
   *
   * @param name whose; system administrators may ask for anybody, others for themselves
   */
  @GET
  @Authenticated
  public Answer explain(
      @RestQuery("principal") @Nullable String name,
      @RestQuery @Nullable String action,
      @RestQuery @Nullable String resource) {
    Principal who = principal(name);
    if (action == null || resource == null) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("action and resource in query are required");
    }
    Question question = Question.parse(resource, action);
    Explanation found = explainer.explain(who, question);
    return new Answer(
        who instanceof Principal.Anonymous ? NOBODY : who.name(),
        resource,
        action,
        found.allowed(),
        found.reasons().stream().map(Reason::of).toList(),
        found.remedies().stream().map(Reason::of).toList());
  }

  private Principal principal(@Nullable String name) {
    if (name == null || name.isEmpty() || name.equals(call.principal().name())) {
      return call.principal();
    }
    if (!administration.seesAll(call.principal())) {
      throw Refusals.of(call);
    }
    return name.equals(NOBODY)
        ? Principal.ANONYMOUS
        : principals
            .find(name)
            .orElseThrow(() -> ErrorCode.NOT_FOUND.exception("principal " + name + " not found"));
  }
}
