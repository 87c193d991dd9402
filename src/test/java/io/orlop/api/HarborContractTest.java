package io.orlop.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarborContractTest {
  private final HarborContract contract = new HarborContract();

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v2.0/labels,                                           OPERATION",
    "GET,    /api/v2.0/labels/,                                          OPERATION",
    "GET,    /api/v2.0/labels/5,                                         OPERATION",
    "GET,    /api/v2.0/projects/p/metadatas,                             OPERATION",
    "GET,    /api/v2.0/projects/p/metadatas/,                            OPERATION",
    "DELETE, /api/v2.0/projects/p/repositories/a%252Fb/artifacts/latest, OPERATION",
    "PUT,    /api/v2.0/projects/p,                                       OPERATION",
    "PATCH,  /api/v2.0/labels,                                           PATH",
    "GET,    /api/v2.0/labels//,                                         NOTHING",
    "GET,    /api/v2.0/labels/5/x,                                       NOTHING",
    "GET,    /api/v2.0/nothing,                                          NOTHING",
    "GET,    /api/v2.0,                                                  NOTHING",
    "GET,    /api/v2.0/,                                                 NOTHING",
    "GET,    /api/v1.0/labels,                                           NOTHING",
    "GET,    /labels,                                                    NOTHING",
  })
  void knowsHarborsOperations(String method, String path, HarborContract.Match match) {
    assertThat(contract.find(method, path)).isEqualTo(match);
  }
}
