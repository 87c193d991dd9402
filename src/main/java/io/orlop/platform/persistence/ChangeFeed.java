package io.orlop.platform.persistence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tells every process that works on this database when something changed that processes keep in
 * memory. Whoever changes it announces a topic in the same transaction; whoever keeps it follows
 * the topic.
 *
 * <p>The process that changes something knows it before the change's transaction ends for its
 * caller; the others are notified by PostgreSQL, within moments. Notifications may get lost, so
 * each topic has a version too, which is read every two seconds. While that does not work {@link
 * #isCurrent} is false within five seconds, and nothing that is kept may be believed.
 *
 * @see <a href="https://www.postgresql.org/docs/18/sql-notify.html">PostgreSQL, NOTIFY</a>
 */
@ApplicationScoped
public class ChangeFeed {
  /** What followers are told when anything of their topic may have changed. */
  public static final String ANYTHING = "";

  private static final Logger LOG = Logger.getLogger(ChangeFeed.class);
  private static final int AFTER_MIGRATIONS = 100;

  private static final String ANNOUNCE =
      """
      WITH changed AS (
        INSERT INTO change_topic (topic, version) VALUES (?, 1)
        ON CONFLICT (topic) DO UPDATE SET version = change_topic.version + 1
        RETURNING topic, version)
      SELECT pg_notify('%s', topic || ' ' || version || ' ' || ?) FROM changed
      """
          .formatted(ChangeListener.CHANNEL);

  private final Database database;
  private final AfterCommit afterCommit;
  private final ChangeListener listener;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  ChangeFeed(
      Database database, AfterCommit afterCommit, ListenerSource source, MeterRegistry meters) {
    this.database = database;
    this.afterCommit = afterCommit;
    this.listener = new ChangeListener(() -> source.connect("orlop changes"), this::tell);
    Gauge.builder("orlop.changes.followed", listener, known -> known.isCurrent() ? 1 : 0)
        .description(
            "1 while this process learns of changes that others make, 0 while it reads all anew")
        .register(meters);
  }

  /**
   * Announces a change, in the transaction that makes it. Announcements of one topic wait for each
   * other until their transactions end: to be called last, and not for what changes all the time.
   *
   * @param topic what kind of thing changed: a word without spaces
   * @param detail which one changed, such as its id; at most 1,000 characters; {@link #ANYTHING}
   *     for all of them
   */
  public void announce(String topic, String detail) {
    database.first(ANNOUNCE, _ -> true, topic, detail);
    afterCommit.run(() -> tell(topic, detail));
  }

  /**
   * Calls back for every change of a topic, in this process or another, perhaps more than once and
   * from any thread. The callback only forgets what it knows; it does not use the database.
   *
   * @param changed takes the detail that was announced, or {@link #ANYTHING}
   */
  public void follow(String topic, Consumer<String> changed) {
    followers.add(new Follower(topic, changed));
  }

  /**
   * Keeps a value of a topic in memory for as long as it is known to be current.
   *
   * @param load reads the value from the database
   */
  public <T> Followed<T> keep(String topic, Supplier<T> load) {
    Followed<T> value = new Followed<>(load, this::isCurrent, afterCommit::inTransaction);
    follow(topic, _ -> value.forget());
    return value;
  }

  /**
   * Tells whether what is kept in memory, and was not told to be changed, is at most five seconds
   * old. If not, it has to be read anew each time.
   */
  public boolean isCurrent() {
    return listener.isCurrent();
  }

  void start(@Observes @Priority(AFTER_MIGRATIONS) StartupEvent event) {
    listener.start();
  }

  void stop(@Observes ShutdownEvent event) {
    listener.stop();
  }

  /** One that fails must not keep the others from hearing. */
  private void tell(String topic, String detail) {
    for (Follower follower : followers) {
      if (topic.equals(ChangeListener.ALL_TOPICS) || follower.topic().equals(topic)) {
        try {
          follower.changed().accept(detail);
        } catch (RuntimeException e) {
          LOG.errorf(e, "A follower of %s failed", follower.topic());
        }
      }
    }
  }

  private record Follower(String topic, Consumer<String> changed) {}
}
