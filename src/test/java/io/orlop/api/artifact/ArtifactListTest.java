package io.orlop.api.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages, filters and orders of artifacts. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ArtifactListTest extends OwnRepository {
  @Inject Database database;

  ArtifactListTest() {
    super("app");
  }

  @Test
  void readsEveryPageInTheSameOrder() {
    List<String> all = push(11);

    for (int size : new int[] {1, 2, 3, 4, 5, 10, 11, 100}) {
      List<String> read = new ArrayList<>();
      for (int page = 1; page <= (11 + size - 1) / size; page++) {
        read.addAll(api.texts(artifacts + "?page=" + page + "&page_size=" + size, "digest"));
      }
      assertThat(read).as("pages of %d", size).isEqualTo(all.reversed());
      String beyond = artifacts + "?page=100&page_size=" + size;
      assertThat(api.texts(beyond, "digest")).isEmpty();
      assertThat(api.get(beyond).header("X-Total-Count")).hasValue("11");
    }
    assertThat(api.texts(artifacts + "?page_size=0", "digest")).isEqualTo(all.reversed());
    assertThat(api.texts(artifacts + "?sort=push_time", "digest")).isEqualTo(all.subList(0, 10));
    api.get(artifacts + "?page_size=101").expect(422);
    api.get(artifacts + "?page=9223372036854775807&page_size=100").expect(200);
  }

  @Test
  void countsTheArtifactsOfAProjectAsTheyComeAndGo() {
    List<String> all = push(7);
    String list = "/projects/" + project.name() + "/artifacts";
    expectTotal(list, 7);
    assertThat(api.texts(list + "?page=2&page_size=3", "digest"))
        .isEqualTo(all.reversed().subList(3, 6));
    assertThat(api.texts(list + "?page=3&page_size=3", "digest"))
        .isEqualTo(all.reversed().subList(6, 7));

    api.delete(artifacts + "/" + all.getFirst()).expect(200);
    expectTotal(list, 6);
    expectTotal(list + "?latest_in_repository=true", 1);
    expectTotal(list + "?q=tags=v3", 1);
  }

  private void expectTotal(String list, int total) {
    assertThat(api.get(list).expect(200).header("X-Total-Count")).hasValue(Integer.toString(total));
  }

  @Test
  void readsTheConfigsOfOneHundredForOneList() {
    repository.pushImage("one");
    database.update(
        """
        INSERT INTO artifact (repository_id, digest, media_type, config_media_type, manifest, size,
                              type, total_size, config_digest)
        SELECT a.repository_id, 'sha256:' || encode(sha256(int8send(n)), 'hex'), a.media_type,
               a.config_media_type, a.manifest, a.size, a.type, a.total_size, a.config_digest
          FROM artifact a JOIN repository r ON r.id = a.repository_id, generate_series(1, 149) n
         WHERE r.name = ?
        """,
        repository.name());

    assertThat(withAttributes()).isEqualTo(100);
    assertThat(withAttributes()).isEqualTo(150);
  }

  private long withAttributes() {
    JsonNode list = api.get(artifacts + "?page_size=0&q=type=IMAGE").expect(200).json();
    return StreamSupport.stream(list.spliterator(), false)
        .filter(artifact -> artifact.has("extra_attrs"))
        .count();
  }

  @ParameterizedTest
  @CsvSource({
    "tags=*, 2",
    "tags=nil, 1",
    "tags=one, 1",
    "tags=~O, 2",
    "tags={one two}, 2",
    "tags=three, 0",
    "type=IMAGE, 3",
    "type=CHART, 0",
    "unheard=of, 3",
    "'type=IMAGE,tags=one', 1",
    "media_type=~oci, 3",
  })
  void filters(String filter, int expected) {
    repository.pushImage("one");
    repository.pushImage("two");
    Digest untagged = repository.pushImage("gone");
    api.delete(artifacts + "/" + untagged + "/tags/gone").expect(200);
    String query = "?q=" + filter.replace(" ", "%20").replace("{", "%7B").replace("}", "%7D");

    assertThat(api.texts(artifacts + query, "digest")).hasSize(expected);
    assertThat(api.get(artifacts + query).header("X-Total-Count"))
        .hasValue(Integer.toString(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tags=%5Ba~b%5D", "labels=x", "labels=~1", "base=x", "id=x", "tags=", "=a"})
  void refusesFiltersThatMeanNothing(String filter) {
    api.get(artifacts + "?q=" + filter).expect(400);
  }

  @Test
  void asksTheDatabaseAsOftenForManyAsForOne() {
    push(2);
    String query = artifacts + "?with_label=true&with_accessory=true&page_size=100";
    api.get(query).expect(200);
    long few = statements(query);
    push(20);
    api.get(query).expect(200);

    assertThat(statements(query)).isEqualTo(few).isLessThanOrEqualTo(5);
    String inProject = "/projects/" + project.name() + "/artifacts?page_size=";
    assertThat(statements(inProject + "20")).isEqualTo(statements(inProject + "1"));
  }

  /** The least of some tries, since work in the background asks, too. */
  private long statements(String path) {
    return IntStream.range(0, 5)
        .mapToLong(_ -> {
          long before = database.statements();
          api.get(path).expect(200);
          return database.statements() - before;
        })
        .min()
        .orElseThrow();
  }

  private List<String> push(int count) {
    List<String> digests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      digests.add(repository.pushImage("v" + i).toString());
    }
    return digests;
  }
}
