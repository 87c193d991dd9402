package io.orlop.api.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** All settings but passwords, each with its value and whether it can be changed. */
@JsonNaming(SnakeCaseStrategy.class)
record ConfigurationsResponse(
    Text authMode,
    Flag primaryAuthMode,
    Text ldapBaseDn,
    Text ldapFilter,
    Text ldapGroupBaseDn,
    Text ldapGroupAdminDn,
    Text ldapGroupAttributeName,
    Text ldapGroupSearchFilter,
    Whole ldapGroupSearchScope,
    Whole ldapScope,
    Text ldapSearchDn,
    Whole ldapTimeout,
    Text ldapUid,
    Text ldapUrl,
    Flag ldapVerifyCert,
    Text ldapGroupMembershipAttribute,
    Flag ldapGroupAttachParallel,
    JsonNode scanAllPolicy,
    Text projectCreationRestriction,
    Flag readOnly,
    Flag selfRegistration,
    Whole tokenExpiration,
    Text uaaClientId,
    Text uaaClientSecret,
    Text uaaEndpoint,
    Flag uaaVerifyCert,
    Text httpAuthproxyEndpoint,
    Text httpAuthproxyTokenreviewEndpoint,
    Text httpAuthproxyAdminGroups,
    Text httpAuthproxyAdminUsernames,
    Flag httpAuthproxyVerifyCert,
    Flag httpAuthproxySkipSearch,
    Text httpAuthproxyServerCertificate,
    Text oidcName,
    Text oidcEndpoint,
    Text oidcClientId,
    Text oidcGroupsClaim,
    Text oidcAdminGroup,
    Text oidcGroupFilter,
    Text oidcScope,
    Text oidcUserClaim,
    Flag oidcVerifyCert,
    Flag oidcAutoOnboard,
    Text oidcExtraRedirectParms,
    Flag oidcLogout,
    Whole robotTokenDuration,
    Text robotNamePrefix,
    Flag notificationEnable,
    Flag quotaPerProjectEnable,
    Whole storagePerProject,
    Flag pullTimeUpdateDisable,
    Flag pullCountUpdateDisable,
    Flag pullAuditLogDisable,
    Text auditLogForwardEndpoint,
    Flag skipAuditLogDatabase,
    Flag scannerSkipUpdatePulltime,
    Text disabledAuditLogEventTypes,
    Whole sessionTimeout,
    Text bannerMessage) {

  /** A setting that is a text. */
  record Text(String value, boolean editable) {}

  /** A setting that is true or false. */
  record Flag(boolean value, boolean editable) {}

  /** A setting that is a number. */
  record Whole(long value, boolean editable) {}
}
