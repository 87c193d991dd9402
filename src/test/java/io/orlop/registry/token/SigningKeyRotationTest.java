package io.orlop.registry.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.access.Role;
import io.orlop.platform.crypto.MasterKey;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SigningKeyRotationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject TestRegistry registry;
  @Inject SigningKeys keys;
  @Inject SigningKeyStore store;
  @Inject TokenConfig config;
  @Inject TokenLifetime lifetime;
  @Inject Database database;
  @Inject MasterKey masterKey;

  private Account developer;
  private NewProject project;
  private String name;

  @BeforeEach
  void push() {
    project = registry.newPrivateProject();
    developer = registry.newMember(project, Role.DEVELOPER);
    name = project.name() + "/app";
    registry.as(developer).repository(name).pushImage("v1");
  }

  private RepositoryClient with(String token) {
    return registry.anonymous().bearer(token).repository(name);
  }

  private String newToken() {
    return registry.as(developer).token("repository:" + name + ":pull");
  }

  @Test
  void newKeyIsPublishedBeforeItSigns() {
    String before = newToken();
    SigningKey old = keys.signing();
    String newest = store.load(Instant.now()).getFirst().kid();
    keys.rotate(newest);

    SigningKey fresh = store.load(Instant.now()).getFirst();
    assertThat(fresh.kid()).isNotEqualTo(newest);
    assertThat(fresh.signsFrom()).isAfter(Instant.now().plusSeconds(30));
    assertThat(keys.signing().kid()).isEqualTo(old.kid());
    with(before).getManifest("v1").expect(200);
    with(newToken()).getManifest("v1").expect(200);
    with(TokenForge.like(developer, project, name).sign(fresh)).getManifest("v1").expect(200);
  }

  @Test
  void theOldestKeySignsWhenTheClockWasSetBackBeforeAnyOfThem() {
    database.update("UPDATE signing_key SET signs_from = signs_from + interval '36500 days'");
    try {
      SigningKey key = new SigningKeys(store, config, lifetime).signing();
      assertThat(key.kid()).isEqualTo(store.load(Instant.now()).getLast().kid());
    } finally {
      database.update("UPDATE signing_key SET signs_from = signs_from - interval '36500 days'");
    }
  }

  @Test
  void twoReplicasThatRotateAtOnceMakeOneKey() {
    String newest = store.load(Instant.now()).getFirst().kid();
    store.rotate(newest, Instant.now().plusSeconds(60), Duration.ofMinutes(31));
    int keysAfterFirst = store.load(Instant.EPOCH).size();
    store.rotate(newest, Instant.now().plusSeconds(60), Duration.ofMinutes(31));
    assertThat(store.load(Instant.EPOCH)).hasSize(keysAfterFirst);
  }

  @Test
  void keyOfAnotherReplicaIsFoundWhenItIsMet() throws GeneralSecurityException {
    SigningKey other = insert(Instant.now().plus(Duration.ofHours(1)));
    String token = TokenForge.like(developer, project, name).sign(other);
    await().atMost(PATIENCE).untilAsserted(() -> with(token).getManifest("v1").expect(200));
  }

  @Test
  void keyThatHasServedItsTimeVerifiesNothing() throws GeneralSecurityException {
    SigningKey outlived = insert(Instant.now().minusSeconds(1));
    String token = TokenForge.like(developer, project, name).sign(outlived);
    await()
        .during(Duration.ofSeconds(2))
        .atMost(PATIENCE)
        .untilAsserted(() -> with(token).getManifest("v1").expectError(401, "UNAUTHORIZED"));
  }

  @Test
  void privateKeysAreEncryptedInTheDatabase() {
    SigningKey key = keys.signing();
    List<byte[]> stored =
        database.list(
            "SELECT private_key FROM signing_key WHERE kid = ?", row -> row.getBytes(1), key.kid());
    assertThat(new String(stored.getFirst(), StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(key.privateKey().getEncoded(), StandardCharsets.ISO_8859_1));
  }

  /** As another replica would; too old to sign here. */
  private SigningKey insert(Instant verifiesUntil) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    SigningKey key =
        new SigningKey(
            registry.newName("kid"),
            pair.getPublic(),
            pair.getPrivate(),
            Instant.EPOCH,
            verifiesUntil);
    database.update(
        """
        INSERT INTO signing_key
          (kid, algorithm, public_key, private_key, created_at, signs_from, verifies_until)
        VALUES (?, 'ES256', ?, ?, now(), ?, ?)
        """,
        key.kid(),
        pair.getPublic().getEncoded(),
        masterKey.encrypt(pair.getPrivate().getEncoded(), "signing-key:" + key.kid()),
        key.signsFrom(),
        verifiesUntil);
    return key;
  }
}
