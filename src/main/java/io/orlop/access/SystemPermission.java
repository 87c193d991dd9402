package io.orlop.access;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be done to the registry as a whole: Harbor's pairs of a resource and an action. */
public enum SystemPermission {
  AUDIT_LOG_LIST("audit-log", "list", true),
  PREHEAT_INSTANCE_READ("preheat-instance", "read", true),
  PREHEAT_INSTANCE_CREATE("preheat-instance", "create", true),
  PREHEAT_INSTANCE_DELETE("preheat-instance", "delete", true),
  PREHEAT_INSTANCE_LIST("preheat-instance", "list", true),
  PREHEAT_INSTANCE_UPDATE("preheat-instance", "update", true),
  PROJECT_LIST("project", "list", true),
  PROJECT_CREATE("project", "create", true),
  REPLICATION_POLICY_READ("replication-policy", "read", true),
  REPLICATION_POLICY_CREATE("replication-policy", "create", true),
  REPLICATION_POLICY_DELETE("replication-policy", "delete", true),
  REPLICATION_POLICY_LIST("replication-policy", "list", true),
  REPLICATION_POLICY_UPDATE("replication-policy", "update", true),
  REPLICATION_READ("replication", "read", true),
  REPLICATION_CREATE("replication", "create", true),
  REPLICATION_LIST("replication", "list", true),
  REPLICATION_ADAPTER_LIST("replication-adapter", "list", true),
  REGISTRY_READ("registry", "read", true),
  REGISTRY_CREATE("registry", "create", true),
  REGISTRY_DELETE("registry", "delete", true),
  REGISTRY_LIST("registry", "list", true),
  REGISTRY_UPDATE("registry", "update", true),
  SCAN_ALL_READ("scan-all", "read", true),
  SCAN_ALL_UPDATE("scan-all", "update", true),
  SCAN_ALL_STOP("scan-all", "stop", true),
  SCAN_ALL_CREATE("scan-all", "create", true),
  SYSTEM_VOLUMES_READ("system-volumes", "read", true),
  GARBAGE_COLLECTION_READ("garbage-collection", "read", true),
  GARBAGE_COLLECTION_CREATE("garbage-collection", "create", true),
  GARBAGE_COLLECTION_LIST("garbage-collection", "list", true),
  GARBAGE_COLLECTION_UPDATE("garbage-collection", "update", true),
  GARBAGE_COLLECTION_STOP("garbage-collection", "stop", true),
  PURGE_AUDIT_READ("purge-audit", "read", true),
  PURGE_AUDIT_CREATE("purge-audit", "create", true),
  PURGE_AUDIT_LIST("purge-audit", "list", true),
  PURGE_AUDIT_UPDATE("purge-audit", "update", true),
  PURGE_AUDIT_STOP("purge-audit", "stop", true),
  JOBSERVICE_MONITOR_LIST("jobservice-monitor", "list", true),
  JOBSERVICE_MONITOR_STOP("jobservice-monitor", "stop", true),
  SCANNER_READ("scanner", "read", true),
  SCANNER_CREATE("scanner", "create", true),
  SCANNER_DELETE("scanner", "delete", true),
  SCANNER_LIST("scanner", "list", true),
  SCANNER_UPDATE("scanner", "update", true),
  LABEL_READ("label", "read", true),
  LABEL_CREATE("label", "create", true),
  LABEL_DELETE("label", "delete", true),
  LABEL_UPDATE("label", "update", true),
  SECURITY_HUB_READ("security-hub", "read", true),
  SECURITY_HUB_LIST("security-hub", "list", true),
  CATALOG_READ("catalog", "read", true),
  QUOTA_READ("quota", "read", true),
  QUOTA_LIST("quota", "list", true),
  QUOTA_UPDATE("quota", "update", true),
  ROBOT_CREATE("robot", "create", true),
  ROBOT_READ("robot", "read", true),
  ROBOT_LIST("robot", "list", true),
  ROBOT_UPDATE("robot", "update", false),
  ROBOT_DELETE("robot", "delete", true),
  USER_CREATE("user", "create", true),
  USER_READ("user", "read", true),
  USER_UPDATE("user", "update", true),
  USER_LIST("user", "list", true),
  USER_DELETE("user", "delete", true),
  LDAP_USER_CREATE("ldap-user", "create", true),
  LDAP_USER_LIST("ldap-user", "list", true),
  USER_GROUP_CREATE("user-group", "create", true),
  USER_GROUP_READ("user-group", "read", true),
  USER_GROUP_UPDATE("user-group", "update", true),
  USER_GROUP_LIST("user-group", "list", true),
  USER_GROUP_DELETE("user-group", "delete", true),
  CONFIGURATION_READ("configuration", "read", false),
  CONFIGURATION_UPDATE("configuration", "update", false);

  private static final Set<String> READING = Set.of("read", "list");

  private static final Map<String, SystemPermission> BY_NAME =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  permission -> permission.resource + ":" + permission.action,
                  Function.identity()));

  private final String resource;
  private final String action;
  private final boolean forRobots;

  SystemPermission(String resource, String action, boolean forRobots) {
    this.resource = resource;
    this.action = action;
    this.forRobots = forRobots;
  }

  /** Returns what it is done to, in Harbor's word. */
  public String resource() {
    return resource;
  }

  /** Returns what is done, in Harbor's word. */
  public String action() {
    return action;
  }

  /** Tells whether robot accounts can be given it. */
  public boolean forRobots() {
    return forRobots;
  }

  /** Tells whether it changes nothing. */
  public boolean reads() {
    return READING.contains(action);
  }

  /** Finds a permission by its words; empty if there is none. */
  public static Optional<SystemPermission> find(String resource, String action) {
    return Optional.ofNullable(BY_NAME.get(resource + ":" + action));
  }
}
