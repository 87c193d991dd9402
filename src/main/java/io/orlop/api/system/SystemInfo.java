package io.orlop.api.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.platform.settings.SettingKey;
import io.orlop.platform.settings.Settings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the system is set up. Anonymous callers see what a sign-in page needs; for them everything
 * else is null and left out.
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record SystemInfo(
    String authMode,
    boolean primaryAuthMode,
    boolean selfRegistration,
    String bannerMessage,
    String oidcProviderName,
    @Nullable AuthproxySettings authproxySettings,
    @Nullable String harborVersion,
    @Nullable String externalUrl,
    @Nullable String registryUrl,
    @Nullable String projectCreationRestriction,
    @Nullable Boolean hasCaRoot,
    @Nullable String registryStorageProviderName,
    @Nullable Boolean readOnly,
    @Nullable Boolean notificationEnable,
    @Nullable Instant currentTime) {

  /** The authentication proxy, where there is one; one name is misspelt as in Harbor. */
  @JsonNaming(SnakeCaseStrategy.class)
  record AuthproxySettings(
      @OmitEmpty String endpoint,
      @OmitEmpty String tokenreivewEndpoint,
      @OmitEmpty boolean skipSearch,
      @OmitEmpty boolean verifyCert,
      @OmitEmpty String serverCertificate) {
    static AuthproxySettings of(Settings settings) {
      return new AuthproxySettings(
          settings.text(SettingKey.HTTP_AUTHPROXY_ENDPOINT),
          settings.text(SettingKey.HTTP_AUTHPROXY_TOKENREVIEW_ENDPOINT),
          settings.flag(SettingKey.HTTP_AUTHPROXY_SKIP_SEARCH),
          settings.flag(SettingKey.HTTP_AUTHPROXY_VERIFY_CERT),
          settings.text(SettingKey.HTTP_AUTHPROXY_SERVER_CERTIFICATE));
    }
  }
}
