package io.orlop.platform.settings;

import static io.orlop.platform.settings.SettingType.CONFIDENTIAL;
import static io.orlop.platform.settings.SettingType.FILLED_TEXT;
import static io.orlop.platform.settings.SettingType.FLAG;
import static io.orlop.platform.settings.SettingType.NUMBER;
import static io.orlop.platform.settings.SettingType.PASSWORD;
import static io.orlop.platform.settings.SettingType.PERIOD;
import static io.orlop.platform.settings.SettingType.QUOTA;
import static io.orlop.platform.settings.SettingType.TEXT;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The settings that can be changed while the registry runs, with the names, types and defaults of
 * Harbor, whose clients write them. Those of features that are not there yet are kept all the same.
 *
 * @see <a
 *     href="https://github.com/goharbor/harbor/blob/v2.15.2/src/lib/config/metadata/metadatalist.go">Harbor's
 *     list</a>
 */
public enum SettingKey {
  /** Where accounts come from; local ones can always sign in. */
  AUTH_MODE(SettingType.AUTH_MODE, "db_auth"),
  /** Whether the sign-in page offers that source first. */
  PRIMARY_AUTH_MODE(FLAG, "false"),
  /** Where LDAP searches for users. */
  LDAP_BASE_DN(FILLED_TEXT, ""),
  /** Which LDAP users count. */
  LDAP_FILTER(TEXT, ""),
  /** Where LDAP searches for groups. */
  LDAP_GROUP_BASE_DN(TEXT, ""),
  /** The LDAP group whose members are system administrators. */
  LDAP_GROUP_ADMIN_DN(TEXT, ""),
  /** The attribute that names an LDAP group. */
  LDAP_GROUP_ATTRIBUTE_NAME(TEXT, ""),
  /** Which LDAP groups count. */
  LDAP_GROUP_SEARCH_FILTER(TEXT, ""),
  /** How deep LDAP searches for groups. */
  LDAP_GROUP_SEARCH_SCOPE(SettingType.LDAP_SCOPE, "2"),
  /** How deep LDAP searches for users. */
  LDAP_SCOPE(SettingType.LDAP_SCOPE, "2"),
  /** As whom LDAP is searched. */
  LDAP_SEARCH_DN(TEXT, ""),
  /** The password of that entry. */
  LDAP_SEARCH_PASSWORD(PASSWORD, ""),
  /** How long to wait for LDAP, in seconds. */
  LDAP_TIMEOUT(NUMBER, "5"),
  /** The attribute that users sign in with. */
  LDAP_UID(FILLED_TEXT, "cn"),
  /** The address of the LDAP server. */
  LDAP_URL(FILLED_TEXT, ""),
  /** Whether the LDAP server's certificate is checked. */
  LDAP_VERIFY_CERT(FLAG, "true"),
  /** The attribute of a user that names the groups. */
  LDAP_GROUP_MEMBERSHIP_ATTRIBUTE(TEXT, "memberof"),
  /** Whether LDAP groups are looked up side by side. */
  LDAP_GROUP_ATTACH_PARALLEL(FLAG, "false"),
  /** When everything is scanned. */
  SCAN_ALL_POLICY(SettingType.OBJECT, "{}"),
  /** Who may make projects. */
  PROJECT_CREATION_RESTRICTION(SettingType.PROJECT_CREATION, "everyone"),
  /** Whether nothing may be changed. */
  READ_ONLY(FLAG, "false"),
  /** Whether people may make themselves an account. */
  SELF_REGISTRATION(FLAG, "false"),
  /** How long a registry token lives, in minutes. */
  TOKEN_EXPIRATION(PERIOD, "30"),
  /** Our name at UAA. */
  UAA_CLIENT_ID(TEXT, ""),
  /** Our secret at UAA. */
  UAA_CLIENT_SECRET(CONFIDENTIAL, ""),
  /** The address of UAA. */
  UAA_ENDPOINT(TEXT, ""),
  /** Whether UAA's certificate is checked. */
  UAA_VERIFY_CERT(FLAG, "false"),
  /** The authentication proxy. */
  HTTP_AUTHPROXY_ENDPOINT(TEXT, ""),
  /** Where the authentication proxy's tokens are checked. */
  HTTP_AUTHPROXY_TOKENREVIEW_ENDPOINT(TEXT, ""),
  /** The authentication proxy's groups of system administrators. */
  HTTP_AUTHPROXY_ADMIN_GROUPS(TEXT, ""),
  /** The authentication proxy's system administrators. */
  HTTP_AUTHPROXY_ADMIN_USERNAMES(TEXT, ""),
  /** Whether the authentication proxy's certificate is checked. */
  HTTP_AUTHPROXY_VERIFY_CERT(FLAG, "true"),
  /** Whether members may be named without having signed in. */
  HTTP_AUTHPROXY_SKIP_SEARCH(FLAG, "false"),
  /** The authentication proxy's certificate. */
  HTTP_AUTHPROXY_SERVER_CERTIFICATE(TEXT, ""),
  /** What people call the OIDC provider. */
  OIDC_NAME(TEXT, ""),
  /** The OIDC provider's address. */
  OIDC_ENDPOINT(TEXT, ""),
  /** Our name at the OIDC provider. */
  OIDC_CLIENT_ID(TEXT, ""),
  /** Our secret at the OIDC provider. */
  OIDC_CLIENT_SECRET(PASSWORD, ""),
  /** The OIDC claim that names groups. */
  OIDC_GROUPS_CLAIM(TEXT, ""),
  /** The OIDC group whose members are system administrators. */
  OIDC_ADMIN_GROUP(TEXT, ""),
  /** Which OIDC groups count, a regular expression. */
  OIDC_GROUP_FILTER(TEXT, ""),
  /** What the OIDC provider is asked for, comma-separated. */
  OIDC_SCOPE(TEXT, ""),
  /** The OIDC claim that names the user. */
  OIDC_USER_CLAIM(TEXT, ""),
  /** Whether the OIDC provider's certificate is checked. */
  OIDC_VERIFY_CERT(FLAG, "true"),
  /** Whether OIDC users get an account without being asked for its name. */
  OIDC_AUTO_ONBOARD(FLAG, "false"),
  /** What is added to requests to the OIDC provider. */
  OIDC_EXTRA_REDIRECT_PARMS(SettingType.TEXT_MAP, "{}"),
  /** Whether to sign out here is to sign out at the OIDC provider. */
  OIDC_LOGOUT(FLAG, "false"),
  /** How long a new robot account lives, in days, where nobody says. */
  ROBOT_TOKEN_DURATION(PERIOD, "30"),
  /** What the names of robot accounts begin with. */
  ROBOT_NAME_PREFIX(SettingType.ROBOT_PREFIX, "robot$"),
  /** Whether webhooks are sent. */
  NOTIFICATION_ENABLE(FLAG, "true"),
  /** Whether quotas are kept. */
  QUOTA_PER_PROJECT_ENABLE(FLAG, "true"),
  /** The quota of a new project, in bytes. */
  STORAGE_PER_PROJECT(QUOTA, "-1"),
  /** Whether times of pulls are not kept. */
  PULL_TIME_UPDATE_DISABLE(FLAG, "false"),
  /** Whether pulls are not counted. */
  PULL_COUNT_UPDATE_DISABLE(FLAG, "false"),
  /** Whether pulls are not written to the audit log. */
  PULL_AUDIT_LOG_DISABLE(FLAG, "false"),
  /** Where the audit log is forwarded to, a host and a port. */
  AUDIT_LOG_FORWARD_ENDPOINT(TEXT, ""),
  /** Whether the audit log is not kept in the database. */
  SKIP_AUDIT_LOG_DATABASE(FLAG, "false"),
  /** Whether a scanner's pull leaves the time of the last pull as it is. */
  SCANNER_SKIP_UPDATE_PULLTIME(FLAG, "false"),
  /** What is not written to the audit log, such as {@code pull_artifact}, comma-separated. */
  DISABLED_AUDIT_LOG_EVENT_TYPES(TEXT, ""),
  /** How long a session may be idle, in minutes. */
  SESSION_TIMEOUT(PERIOD, "60"),
  /** What is shown on every page: a JSON object, written as a text. */
  BANNER_MESSAGE(TEXT, "");

  private static final Map<String, SettingKey> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(SettingKey::wireName, Function.identity()));

  private final SettingType type;
  private final String defaultValue;

  SettingKey(SettingType type, String defaultValue) {
    this.type = type;
    this.defaultValue = defaultValue;
  }

  /** Returns the name on the wire and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what its values may be. */
  public SettingType type() {
    return type;
  }

  /** Returns its value where nobody set it, in the form in which values are kept. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Finds a setting by its name on the wire. */
  public static Optional<SettingKey> byWireName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
