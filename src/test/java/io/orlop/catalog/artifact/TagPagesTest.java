package io.orlop.catalog.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class TagPagesTest {
  @Inject Database database;

  /** A page costs as much as it has entries, however many tags there are. */
  @Test
  void pageIsReadFromTheIndexInItsOrder() {
    List<String> plan =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              // What is best for a handful of rows is not what is asked here.
              for (String way : List.of("enable_seqscan", "enable_bitmapscan", "enable_sort")) {
                database.list("SELECT set_config(?, 'off', true)", _ -> true, way);
              }
              return database.list(
                  "EXPLAIN " + TagService.PAGES,
                  row -> row.getString(1),
                  new long[] {1},
                  List.of("library/app"),
                  List.of(""),
                  new long[] {10});
            });
    assertThat(String.join("\n", plan)).contains("using tag_pkey").doesNotContain("Sort");
  }
}
