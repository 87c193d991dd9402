package io.orlop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRequestTest {

  @ParameterizedTest
  @CsvSource({
    ",    ,    10,                  0",
    "'',  '',  10,                  0",
    "1,   100, 100,                 0",
    "3,   5,   5,                   10",
    "0,   5,   5,                   0",
    "-7,  5,   5,                   0",
    "2,   0,   9223372036854775807, 0",
    "2,   -1,  9223372036854775807, 0",
  })
  void readsPageAndSize(String page, String size, long limit, long offset) {
    PageRequest read = PageRequest.parse(page, size);

    assertThat(read.limit()).isEqualTo(limit);
    assertThat(read.offset()).isEqualTo(offset);
  }

  @Test
  void doesNotOverflow() {
    assertThat(PageRequest.parse("9223372036854775807", "100").offset()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "1,101,page_size",
    "x,10,page",
    "1,ten,page_size",
    "1.5,10,page",
    "99999999999999999999,1,page"
  })
  void refusesWhatTheContractForbids(String page, String size, String culprit) {
    assertThatThrownBy(() -> PageRequest.parse(page, size))
        .isInstanceOfSatisfying(
            RegistryException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.UNPROCESSABLE_ENTITY);
              assertThat(failure.getMessage()).startsWith(culprit + " in query");
            });
  }
}
