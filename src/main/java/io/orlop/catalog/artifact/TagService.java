package io.orlop.catalog.artifact;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.JointQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Lists the tags of a repository. */
@ApplicationScoped
public class TagService {
  static final String PAGES =
      """
      SELECT q.n, ARRAY(SELECT t.name FROM tag t
                         WHERE t.repository_id = r.id AND t.name > q.after
                         ORDER BY t.name LIMIT q.most)
        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[])
             WITH ORDINALITY AS q (project_id, repository, after, most, n)
       CROSS JOIN LATERAL (
             SELECT r.id FROM repository r
              WHERE r.project_id = q.project_id AND r.name = q.repository LIMIT 1) r
      """
          + Database.ONE_PLAN;

  private final Database database;
  private final JointQuery<Question, Optional<List<String>>> pages;

  TagService(Database database) {
    this.database = database;
    this.pages = database.jointly(this::answer);
  }

  /**
   * Lists tags in byte order.
   *
   * @param after the last tag of the page before, which need not exist; empty for the first page
   * @throws io.orlop.platform.error.RegistryException NAME_UNKNOWN
   */
  public List<String> namesAfter(RepositoryRef repository, String after, int limit) {
    return pages
        .ask(new Question(repository, after, limit))
        .orElseThrow(() -> Repositories.unknown(repository.name()));
  }

  private List<Optional<List<String>>> answer(List<Question> questions) {
    List<Optional<List<String>>> answers =
        new ArrayList<>(Collections.nCopies(questions.size(), Optional.empty()));
    database.list(
        PAGES,
        row ->
            answers.set(
                row.getInt(1) - 1, Optional.of(List.of((String[]) row.getArray(2).getArray()))),
        questions.stream().mapToLong(question -> question.repository().projectId()).toArray(),
        questions.stream().map(question -> question.repository().name().value()).toList(),
        questions.stream().map(Question::after).toList(),
        questions.stream().mapToLong(Question::most).toArray());
    return answers;
  }

  private record Question(RepositoryRef repository, String after, long most) {}
}
