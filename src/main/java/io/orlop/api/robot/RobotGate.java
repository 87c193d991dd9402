package io.orlop.api.robot;

import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.access.grant.RobotGrants;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiGate;
import io.orlop.identity.Principal;
import io.orlop.identity.robot.RobotAccount;
import io.orlop.identity.robot.RobotService;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets callers at robot accounts, whose level decides what they must be allowed to do. */
@ApplicationScoped
class RobotGate {
  private final RobotService robots;
  private final RobotGrants grants;
  private final ApiGate gate;
  private final ApiCall call;

  RobotGate(RobotService robots, RobotGrants grants, ApiGate gate, ApiCall call) {
    this.robots = robots;
    this.grants = grants;
    this.gate = gate;
    this.call = call;
  }

  /** What is done to an account. */
  enum Deed {
    READ(SystemPermission.ROBOT_READ, ProjectPermission.ROBOT_READ),
    UPDATE(SystemPermission.ROBOT_UPDATE, ProjectPermission.ROBOT_UPDATE),
    DELETE(SystemPermission.ROBOT_DELETE, ProjectPermission.ROBOT_DELETE);

    private final SystemPermission ofSystem;
    private final ProjectPermission ofProject;

    Deed(SystemPermission ofSystem, ProjectPermission ofProject) {
      this.ofSystem = ofSystem;
      this.ofProject = ofProject;
    }
  }

  /** Finds an account, and requires that the caller may do this to it: in this order, as Harbor. */
  RobotAccount require(Deed deed, long id) {
    RobotAccount robot = robots.find(id).orElseThrow(() -> RobotService.unknown(id));
    if (robot.projectId() == null) {
      gate.require(deed.ofSystem);
    } else {
      gate.require(deed.ofProject, robot.projectId());
    }
    return robot;
  }

  /** Requires that the caller may sign in as the account: is it, or has all that it has. */
  RobotAccount requireKeys(Deed deed, long id) {
    if (call.principal() instanceof Principal.RobotPrincipal self && self.id() == id) {
      return robots.find(id).orElseThrow(() -> RobotService.unknown(id));
    }
    RobotAccount robot = require(deed, id);
    if (deed == Deed.UPDATE) {
      grants.require(call.principal(), robot.permissions());
    }
    return robot;
  }
}
