package io.orlop.registry.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** The token service's answer; {@code token} and {@code access_token} are the same. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenResponse(
    String token,
    @JsonProperty("access_token") String accessToken,
    @JsonProperty("expires_in") long expiresIn,
    @JsonProperty("issued_at") String issuedAt,
    String scope,
    @JsonProperty("refresh_token") @Nullable String refreshToken) {

  static TokenResponse of(TokenService.Issued issued, @Nullable String refreshToken) {
    return new TokenResponse(
        issued.token(),
        issued.token(),
        issued.expiresInSeconds(),
        issued.issuedAt().toString(),
        issued.scope(),
        refreshToken);
  }
}
