package io.orlop.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryExceptionTest {

  @ParameterizedTest
  @EnumSource(names = {"BLOB_UPLOAD_UNKNOWN", "UNKNOWN"})
  void keepsTheCauseThatIsAttachedForTheLog(ErrorCode code) {
    IOException cause = new IOException("the staged file is gone");

    assertThat(code.exception("begin again").causedBy(cause)).hasCause(cause);
    assertThat(code.exception("begin again")).hasNoCause();
  }
}
