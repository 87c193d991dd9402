package io.orlop.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegistryExceptionTest {
  @Test
  void tellsItsCauseWhetherItHasAStackOrNot() {
    Exception cause = new Exception("why");
    assertThat(ErrorCode.BLOB_UPLOAD_UNKNOWN.exception().causedBy(cause)).hasCause(cause);
    assertThat(ErrorCode.UNKNOWN.exception().causedBy(cause)).hasCause(cause);
    assertThat(ErrorCode.UNKNOWN.exception()).hasNoCause();
  }
}
