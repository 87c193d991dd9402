package io.orlop.identity.robot;

import io.orlop.identity.PasswordHasher;
import io.orlop.identity.user.Passwords;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that robot accounts sign in with. An account has one, or two while one takes the
 * other's place.
 */
@ApplicationScoped
public class RobotSecrets {
  private static final int MOST = 2;

  private final Database database;
  private final PasswordHasher hasher;

  RobotSecrets(Database database, PasswordHasher hasher) {
    this.database = database;
    this.hasher = hasher;
  }

  /**
   * What may be known of a secret.
   *
   * @param expiresAt when it ends before its account does; null if it does not
   */
  public record Known(
      long id,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable String lastUsedAddress) {}

  /** A secret that was just made, and what may be known of it later. */
  public record Made(Known known, String secret) {}

  /**
   * Puts a random secret in the place of all that the account has.
   *
   * @return the secret
   */
  @Transactional
  public String replace(long robotId) {
    dropAll(robotId);
    return generate(robotId);
  }

  /**
   * Puts a chosen secret in the place of all that the account has.
   *
   * @throws RegistryException BAD_REQUEST if it is weak
   */
  public void replace(long robotId, String chosen) {
    if (!Passwords.isStrong(chosen)) {
      throw ErrorCode.BAD_REQUEST.exception(
          "the secret must be 8-128, inclusively, characters long with at least 1 uppercase letter,"
              + " 1 lowercase letter and 1 number");
    }
    String hash = hasher.hash(chosen); // No transaction waits for it.
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          dropAll(robotId);
          insert(robotId, hash);
        });
  }

  /**
   * Makes a second secret.
   *
   * @param overlap how long the first one lives on; null for until it is deleted
   * @throws RegistryException PRECONDITION if there are two already
   */
  @Transactional
  public Made add(long robotId, @Nullable Duration overlap) {
    lock(robotId);
    purge(robotId);
    if (list(robotId).size() >= MOST) {
      throw ErrorCode.PRECONDITION.exception(
          "robot " + robotId + " has " + MOST + " secrets: delete one of them first");
    }
    if (overlap != null) {
      database.update(
          """
          UPDATE robot_secret SET expires_at = ?
           WHERE robot_id = ? AND (expires_at IS NULL OR expires_at > ?)
          """,
          Instant.now().plus(overlap),
          robotId,
          Instant.now().plus(overlap));
    }
    String secret = GeneratedSecret.generate();
    long id = insert(robotId, GeneratedSecret.hash(secret));
    Known known =
        list(robotId).stream().filter(listed -> listed.id() == id).findFirst().orElseThrow();
    return new Made(known, secret);
  }

  /** Lists the secrets that live, the oldest first. */
  public List<Known> list(long robotId) {
    return database.list(
        """
        SELECT id, created_at, expires_at, last_used_at, last_used_address FROM robot_secret
         WHERE robot_id = ? AND (expires_at IS NULL OR expires_at > now()) ORDER BY id
        """,
        row ->
            new Known(
                row.getLong("id"),
                Database.instant(row, "created_at"),
                RobotRows.time(row, "expires_at"),
                RobotRows.time(row, "last_used_at"),
                row.getString("last_used_address")),
        robotId);
  }

  /**
   * Deletes a secret: it is refused from then on.
   *
   * @throws RegistryException NOT_FOUND if the account has no such secret
   */
  @Transactional
  public void delete(long robotId, long secretId) {
    lock(robotId);
    if (database.update("DELETE FROM robot_secret WHERE robot_id = ? AND id = ?", robotId, secretId)
        == 0) {
      throw ErrorCode.NOT_FOUND.exception(
          "secret " + secretId + " of robot " + robotId + " not found");
    }
    renew(robotId);
  }

  /** Makes the first secret of a new account. */
  String generate(long robotId) {
    String secret = GeneratedSecret.generate();
    insert(robotId, GeneratedSecret.hash(secret));
    return secret;
  }

  private long insert(long robotId, String hash) {
    return database.one(
        "INSERT INTO robot_secret (robot_id, hash) VALUES (?, ?) RETURNING id",
        row -> row.getLong(1),
        robotId,
        hash);
  }

  private void dropAll(long robotId) {
    lock(robotId);
    database.update("DELETE FROM robot_secret WHERE robot_id = ?", robotId);
    renew(robotId);
  }

  private void purge(long robotId) {
    database.update("DELETE FROM robot_secret WHERE robot_id = ? AND expires_at <= now()", robotId);
  }

  /** What was remembered of earlier secrets is dead. */
  private void renew(long robotId) {
    database.update(
        """
        UPDATE robot SET credential_version = credential_version + 1, updated_at = now()
         WHERE id = ?
        """,
        robotId);
  }

  /** Changes of one account's secrets come one after the other. */
  private void lock(long robotId) {
    if (!database.exists("SELECT FROM robot WHERE id = ? FOR UPDATE", robotId)) {
      throw RobotService.unknown(robotId);
    }
  }
}
