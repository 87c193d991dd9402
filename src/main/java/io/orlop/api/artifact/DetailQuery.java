package io.orlop.api.artifact;

import io.orlop.api.Booleans;
import io.orlop.catalog.inventory.Details;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that say what is to be told of artifacts besides themselves. Nothing is immutable
 * or scanned yet, so there is nothing to tell of that, whether it is asked for or not.
 */
record DetailQuery(
    @RestQuery("with_tag") @Nullable String withTag,
    @RestQuery("with_label") @Nullable String withLabel,
    @RestQuery("with_accessory") @Nullable String withAccessory,
    @RestQuery("with_immutable_status") @Nullable String withImmutableStatus,
    @RestQuery("with_scan_overview") @Nullable String withScanOverview,
    @RestQuery("with_sbom_overview") @Nullable String withSbomOverview,
    @RestHeader("X-Accept-Vulnerabilities") @Nullable String acceptVulnerabilities) {

  Details details() {
    return new Details(
        Booleans.parse(withTag).orElse(true),
        Booleans.parse(withLabel).orElse(false),
        Booleans.parse(withAccessory).orElse(false));
  }
}
