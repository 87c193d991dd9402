package io.orlop.system.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orlop.system.backup.BackupManifest.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableOrderTest {

  @Test
  void putsTablesBehindThoseThatTheyReferTo() {
    TableOrder order =
        new TableOrder(Map.of("a", Set.of("b", "c"), "b", Set.of("d"), "x", Set.of("elsewhere")));

    List<String> names =
        order.sorted(tables("a", "b", "c", "d", "x")).stream().map(Table::name).toList();

    assertThat(names).containsExactlyInAnyOrder("a", "b", "c", "d", "x");
    assertThat(names).containsSubsequence("d", "b", "a").containsSubsequence("c", "a");
  }

  @Test
  void refusesTablesThatReferToEachOther() {
    TableOrder order = new TableOrder(Map.of("a", Set.of("b"), "b", Set.of("a")));

    assertThatIllegalStateException().isThrownBy(() -> order.sorted(tables("a", "b")));
  }

  private static List<Table> tables(String... names) {
    return List.of(names).stream().map(name -> new Table(name, List.of("id"), 0, "")).toList();
  }
}
