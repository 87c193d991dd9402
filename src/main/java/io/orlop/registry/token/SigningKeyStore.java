package io.orlop.registry.token;

import io.orlop.oci.Digest;
import io.orlop.platform.crypto.MasterKey;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Keeps signing keys in the database, the private halves encrypted under the master key. */
@ApplicationScoped
class SigningKeyStore {
  static final String ALGORITHM = "ES256";
  private static final String CONTEXT = "signing-key:";

  private final Database database;
  private final MasterKey masterKey;

  SigningKeyStore(Database database, MasterKey masterKey) {
    this.database = database;
    this.masterKey = masterKey;
  }

  /** Returns all keys that still verify, the newest first. */
  List<SigningKey> load(Instant now) {
    return database.list(
        """
        SELECT kid, public_key, private_key, signs_from, verifies_until FROM signing_key
         WHERE algorithm = ? AND (verifies_until IS NULL OR verifies_until > ?)
         ORDER BY signs_from DESC, kid
        """,
        this::key,
        ALGORITHM,
        now);
  }

  /**
   * Makes a key unless somebody else made one since.
   *
   * @param seen the newest key that the caller knows of; empty text for none
   * @param signsFrom when the new key begins to sign
   * @param overlap how long older keys verify after that
   */
  @Transactional
  public void rotate(String seen, Instant signsFrom, Duration overlap) {
    database.list("SELECT pg_advisory_xact_lock(hashtext('signing-key'))", _ -> true);
    List<SigningKey> current = load(Instant.EPOCH);
    if (!(current.isEmpty() ? "" : current.getFirst().kid()).equals(seen)) {
      return;
    }
    database.update(
        "UPDATE signing_key SET verifies_until = ? WHERE verifies_until IS NULL",
        signsFrom.plus(overlap));
    insert(generate(), signsFrom);
  }

  private void insert(KeyPair pair, Instant signsFrom) {
    byte[] publicKey = pair.getPublic().getEncoded();
    String kid = Digest.of(publicKey).hex().substring(0, 32);
    database.update(
        """
        INSERT INTO signing_key (kid, algorithm, public_key, private_key, created_at, signs_from)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        kid,
        ALGORITHM,
        publicKey,
        masterKey.encrypt(pair.getPrivate().getEncoded(), CONTEXT + kid),
        Instant.now(),
        signsFrom);
  }

  private SigningKey key(ResultSet row) throws SQLException {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      String kid = row.getString("kid");
      OffsetDateTime until = row.getObject("verifies_until", OffsetDateTime.class);
      return new SigningKey(
          kid,
          factory.generatePublic(new X509EncodedKeySpec(row.getBytes("public_key"))),
          factory.generatePrivate(
              new PKCS8EncodedKeySpec(
                  masterKey.decrypt(row.getBytes("private_key"), CONTEXT + kid))),
          Database.instant(row, "signs_from"),
          until == null ? null : until.toInstant());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A signing key in the database cannot be read", e);
    }
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK lacks P-256", e);
    }
  }
}
