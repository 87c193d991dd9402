package io.orlop.api.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.catalog.project.MetadataKey;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is set for a project, all of it texts; what is not set is left out. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record MetadataFields(
    @JsonProperty("public") @Nullable String isPublic,
    @Nullable String enableContentTrust,
    @Nullable String enableContentTrustCosign,
    @Nullable String preventVul,
    @Nullable String severity,
    @Nullable String autoScan,
    @Nullable String autoSbomGeneration,
    @Nullable String reuseSysCveAllowlist,
    @Nullable String retentionId,
    @Nullable String proxySpeedKb,
    @Nullable String maxUpstreamConn,
    @Nullable String proxyCacheLocalOnNotFound) {

  static MetadataFields of(Map<String, String> settings) {
    return new MetadataFields(
        settings.get(MetadataKey.PUBLIC.wireName()),
        settings.get(MetadataKey.ENABLE_CONTENT_TRUST.wireName()),
        settings.get(MetadataKey.ENABLE_CONTENT_TRUST_COSIGN.wireName()),
        settings.get(MetadataKey.PREVENT_VUL.wireName()),
        settings.get(MetadataKey.SEVERITY.wireName()),
        settings.get(MetadataKey.AUTO_SCAN.wireName()),
        settings.get(MetadataKey.AUTO_SBOM_GENERATION.wireName()),
        settings.get(MetadataKey.REUSE_SYS_CVE_ALLOWLIST.wireName()),
        settings.get(MetadataKey.RETENTION_ID.wireName()),
        settings.get(MetadataKey.PROXY_SPEED_KB.wireName()),
        settings.get(MetadataKey.MAX_UPSTREAM_CONN.wireName()),
        settings.get(MetadataKey.PROXY_CACHE_LOCAL_ON_NOT_FOUND.wireName()));
  }

  /** Returns what a client has given, unchecked; an empty text is nothing. */
  Map<MetadataKey, String> given() {
    Map<MetadataKey, String> given = new EnumMap<>(MetadataKey.class);
    put(given, MetadataKey.PUBLIC, isPublic);
    put(given, MetadataKey.ENABLE_CONTENT_TRUST, enableContentTrust);
    put(given, MetadataKey.ENABLE_CONTENT_TRUST_COSIGN, enableContentTrustCosign);
    put(given, MetadataKey.PREVENT_VUL, preventVul);
    put(given, MetadataKey.SEVERITY, severity);
    put(given, MetadataKey.AUTO_SCAN, autoScan);
    put(given, MetadataKey.AUTO_SBOM_GENERATION, autoSbomGeneration);
    put(given, MetadataKey.REUSE_SYS_CVE_ALLOWLIST, reuseSysCveAllowlist);
    put(given, MetadataKey.RETENTION_ID, retentionId);
    put(given, MetadataKey.PROXY_SPEED_KB, proxySpeedKb);
    put(given, MetadataKey.MAX_UPSTREAM_CONN, maxUpstreamConn);
    put(given, MetadataKey.PROXY_CACHE_LOCAL_ON_NOT_FOUND, proxyCacheLocalOnNotFound);
    return given;
  }

  private static void put(Map<MetadataKey, String> given, MetadataKey key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      given.put(key, value);
    }
  }
}
