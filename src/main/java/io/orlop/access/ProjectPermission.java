package io.orlop.access;

import static io.orlop.access.ProjectPermission.Holders.*;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What can be done to a project and to what is in it: Harbor's pairs of a resource and an action,
 * each with the built-in roles that have it.
 */
public enum ProjectPermission {
  ACCESSORY_LIST("accessory", "list", EVERYBODY, true),
  ARTIFACT_CREATE("artifact", "create", DEVELOPERS, true),
  ARTIFACT_DELETE("artifact", "delete", MAINTAINERS, true),
  ARTIFACT_LIST("artifact", "list", EVERYBODY, true),
  ARTIFACT_READ("artifact", "read", EVERYBODY, true),
  ARTIFACT_ADDITION_READ("artifact-addition", "read", EVERYBODY, true),
  ARTIFACT_LABEL_CREATE("artifact-label", "create", DEVELOPERS, true),
  ARTIFACT_LABEL_DELETE("artifact-label", "delete", DEVELOPERS, true),
  CONFIGURATION_READ("configuration", "read", MEMBERS, false),
  CONFIGURATION_UPDATE("configuration", "update", ADMINISTRATORS, false),
  EXPORT_CVE_CREATE("export-cve", "create", DEVELOPERS, true),
  EXPORT_CVE_LIST("export-cve", "list", DEVELOPERS, false),
  EXPORT_CVE_READ("export-cve", "read", DEVELOPERS, true),
  IMMUTABLE_TAG_CREATE("immutable-tag", "create", MAINTAINERS, true),
  IMMUTABLE_TAG_DELETE("immutable-tag", "delete", MAINTAINERS, true),
  IMMUTABLE_TAG_LIST("immutable-tag", "list", MAINTAINERS, true),
  IMMUTABLE_TAG_UPDATE("immutable-tag", "update", MAINTAINERS, true),
  LABEL_CREATE("label", "create", MAINTAINERS, true),
  LABEL_DELETE("label", "delete", MAINTAINERS, true),
  LABEL_LIST("label", "list", GUESTS_AND_THE_PUBLIC, true),
  LABEL_READ("label", "read", GUESTS_AND_THE_PUBLIC, true),
  LABEL_UPDATE("label", "update", MAINTAINERS, true),
  LOG_LIST("log", "list", ADMINISTRATORS, true),
  MEMBER_CREATE("member", "create", ADMINISTRATORS, true),
  MEMBER_DELETE("member", "delete", ADMINISTRATORS, true),
  MEMBER_LIST("member", "list", GUESTS, true),
  MEMBER_READ("member", "read", GUESTS, true),
  MEMBER_UPDATE("member", "update", ADMINISTRATORS, true),
  METADATA_CREATE("metadata", "create", ADMINISTRATORS, true),
  METADATA_DELETE("metadata", "delete", ADMINISTRATORS, true),
  METADATA_LIST("metadata", "list", ROBOTS, true),
  METADATA_READ("metadata", "read", MAINTAINERS, true),
  METADATA_UPDATE("metadata", "update", ADMINISTRATORS, true),
  NOTIFICATION_POLICY_CREATE("notification-policy", "create", ADMINISTRATORS, true),
  NOTIFICATION_POLICY_DELETE("notification-policy", "delete", ADMINISTRATORS, true),
  NOTIFICATION_POLICY_LIST("notification-policy", "list", MAINTAINERS, true),
  NOTIFICATION_POLICY_READ("notification-policy", "read", MAINTAINERS, true),
  NOTIFICATION_POLICY_UPDATE("notification-policy", "update", ADMINISTRATORS, true),
  PREHEAT_POLICY_CREATE("preheat-policy", "create", ADMINISTRATORS, true),
  PREHEAT_POLICY_DELETE("preheat-policy", "delete", ADMINISTRATORS, true),
  PREHEAT_POLICY_LIST("preheat-policy", "list", ADMINISTRATORS, true),
  PREHEAT_POLICY_READ("preheat-policy", "read", ADMINISTRATORS, true),
  PREHEAT_POLICY_UPDATE("preheat-policy", "update", ADMINISTRATORS, true),
  PROJECT_DELETE("project", "delete", ADMINISTRATORS, true),
  PROJECT_READ("project", "read", EVERYBODY, true),
  PROJECT_UPDATE("project", "update", ADMINISTRATORS, true),
  QUOTA_READ("quota", "read", MEMBERS, true),
  REPOSITORY_CREATE("repository", "create", DEVELOPERS, false),
  REPOSITORY_DELETE("repository", "delete", MAINTAINERS, true),
  REPOSITORY_LIST("repository", "list", EVERYBODY, true),
  REPOSITORY_PULL("repository", "pull", EVERYBODY, true),
  REPOSITORY_PUSH("repository", "push", DEVELOPERS, true),
  REPOSITORY_READ("repository", "read", MEMBERS, true),
  REPOSITORY_UPDATE("repository", "update", DEVELOPERS, true),
  ROBOT_CREATE("robot", "create", ADMINISTRATORS, true),
  ROBOT_DELETE("robot", "delete", ADMINISTRATORS, true),
  ROBOT_LIST("robot", "list", GUESTS, true),
  ROBOT_READ("robot", "read", GUESTS, true),
  ROBOT_UPDATE("robot", "update", ADMINISTRATORS, false),
  SBOM_CREATE("sbom", "create", MAINTAINERS, true),
  SBOM_READ("sbom", "read", MEMBERS, true),
  SBOM_STOP("sbom", "stop", MAINTAINERS, true),
  SCAN_CREATE("scan", "create", MAINTAINERS, true),
  SCAN_READ("scan", "read", EVERYBODY, true),
  SCAN_STOP("scan", "stop", MAINTAINERS, true),
  SCANNER_CREATE("scanner", "create", ADMINISTRATORS, true),
  SCANNER_READ("scanner", "read", EVERYBODY, true),
  TAG_CREATE("tag", "create", DEVELOPERS, true),
  TAG_DELETE("tag", "delete", MAINTAINERS, true),
  TAG_LIST("tag", "list", EVERYBODY, true),
  TAG_RETENTION_CREATE("tag-retention", "create", DEVELOPERS, true),
  TAG_RETENTION_DELETE("tag-retention", "delete", DEVELOPERS, true),
  TAG_RETENTION_LIST("tag-retention", "list", DEVELOPERS, true),
  TAG_RETENTION_OPERATE("tag-retention", "operate", DEVELOPERS, false),
  TAG_RETENTION_READ("tag-retention", "read", DEVELOPERS, true),
  TAG_RETENTION_UPDATE("tag-retention", "update", DEVELOPERS, true);

  /** Resources that belong to one repository: roles may be limited to some repositories of them. */
  private static final Set<String> OF_REPOSITORIES =
      Set.of(
          "repository",
          "artifact",
          "tag",
          "accessory",
          "artifact-addition",
          "artifact-label",
          "scan",
          "sbom");

  private static final Set<String> READING = Set.of("read", "list", "pull");

  private static final Map<String, ProjectPermission> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ProjectPermission::pair, Function.identity()));

  private final String resource;
  private final String action;
  private final Holders holders;
  private final boolean forRobots;

  ProjectPermission(String resource, String action, Holders holders, boolean forRobots) {
    this.resource = resource;
    this.action = action;
    this.holders = holders;
    this.forRobots = forRobots;
  }

  /** Who has a permission by a built-in role; most have it down to some rank. */
  enum Holders {
    ROBOTS(Integer.MAX_VALUE, false),
    ADMINISTRATORS(Role.PROJECT_ADMIN, false),
    MAINTAINERS(Role.MAINTAINER, false),
    DEVELOPERS(Role.DEVELOPER, false),
    GUESTS(Role.GUEST, false),
    MEMBERS(Role.LIMITED_GUEST, false),
    EVERYBODY(Role.LIMITED_GUEST, true),
    GUESTS_AND_THE_PUBLIC(Role.GUEST, true);

    private final int leastPower;
    private final boolean everybody;

    Holders(Role least, boolean everybody) {
      this(least.power(), everybody);
    }

    Holders(int leastPower, boolean everybody) {
      this.leastPower = leastPower;
      this.everybody = everybody;
    }
  }

  /** Returns what it is done to, in Harbor's word; {@code project} for the project itself. */
  public String resource() {
    return resource;
  }

  /** Returns what is done, in Harbor's word. */
  public String action() {
    return action;
  }

  /** Returns resource and action, joined by a colon. */
  public String pair() {
    return resource + ":" + action;
  }

  /** Tells whether robot accounts and custom roles can be given it. */
  public boolean forRobots() {
    return forRobots;
  }

  /** Tells whether it is about one repository, so that a role may have it for some of them only. */
  public boolean ofRepository() {
    return OF_REPOSITORIES.contains(resource);
  }

  /** Tells whether it changes nothing. */
  public boolean reads() {
    return READING.contains(action);
  }

  /** Tells whether a built-in role has it. */
  boolean heldBy(Role role) {
    return role.power() >= holders.leastPower;
  }

  /** Tells whether everybody has it in a public project. */
  boolean heldByEverybody() {
    return holders.everybody;
  }

  /** Finds a permission by its words; empty if there is none. */
  public static Optional<ProjectPermission> find(String resource, String action) {
    return Optional.ofNullable(BY_NAME.get(resource + ":" + action));
  }
}
