package io.orlop.access.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.access.ProjectPermission;
import io.orlop.platform.error.RegistryException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleDraftTest {
  private static RoleDraft draft(String name, List<String> repositories) {
    return new RoleDraft(name, "", List.of(ProjectPermission.TAG_LIST), repositories);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Release manager", "ops.team_2-x"})
  void takesNames(String name) {
    assertThat(draft(name, List.of()).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a ", "a\0b", "a\nb", "-a", "ä"})
  void refusesOtherNames(String name) {
    assertThatThrownBy(() -> draft(name, List.of()))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("name");
  }

  @Test
  void refusesWhatIsTooLongOrTooMuch() {
    assertThatThrownBy(() -> draft("a".repeat(65), List.of())).hasMessageContaining("name");
    assertThatThrownBy(() -> draft("a", List.of("a".repeat(256))))
        .hasMessageContaining("repositories");
    assertThatThrownBy(() -> draft("a", Collections.nCopies(101, "a")))
        .hasMessageContaining("repositories");
    assertThatThrownBy(() -> draft("a", List.of("*a*a*a*a*"))).hasMessageContaining("wildcards");
    assertThat(draft("a", List.of("**/team-*/?x/**")).repositories()).hasSize(1);
  }
}
