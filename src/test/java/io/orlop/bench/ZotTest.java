package io.orlop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ZotTest {
  private static final String MODULE = " go1.26.8\n\tpath\tzot/cmd/zot\n\tmod\tzot/v2\t";

  @Test
  void isTheCommitThatItWasBuiltFrom() {
    assertThat(Zot.byGo(MODULE + "(devel)\t\n\tbuild\tvcs=git\n\tbuild\tvcs.revision=6d19b44\n"))
        .isEqualTo("commit 6d19b44, go1.26.8");
  }

  @Test
  void isTheVersionOfItsModuleWithoutACommit() {
    assertThat(Zot.byGo(MODULE + "v2.1.0\th1:abc=\n")).isEqualTo("zot/v2 v2.1.0, go1.26.8");
    assertThat(Zot.byGo(MODULE + "(devel)\t\n"))
        .isEqualTo("zot/v2, its build names no commit, go1.26.8");
  }

  @Test
  void isUnknownWithoutGo() {
    assertThat(Zot.byGo("")).isEqualTo("built from its repository, version unknown");
  }
}
