package io.orlop.registry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.Role;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.LogWatch;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that this registry did not write, or not for this. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ForgedTokenTest {
  @Inject TestRegistry registry;
  @Inject SigningKeys keys;

  private final LogWatch log = LogWatch.open();
  private Account developer;
  private NewProject project;
  private String name;
  private SigningKey key;
  private KeyPair foreign;

  @BeforeEach
  void knowTheRegistrysKey() throws GeneralSecurityException {
    project = registry.newPrivateProject();
    developer = registry.newMember(project, Role.DEVELOPER);
    name = project.name() + "/app";
    registry.as(developer).repository(name).pushImage("v1");
    key = keys.signing();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    foreign = generator.generateKeyPair();
  }

  @AfterEach
  void nobodyIsCalledToTheLog() {
    log.close();
    log.expectNothingAboveDebug();
  }

  private TokenForge token() {
    return TokenForge.like(developer, project, name);
  }

  private RepositoryClient with(String token) {
    return registry.anonymous().bearer(token).repository(name);
  }

  private void expectRefused(String token) {
    String challenge =
        with(token)
            .getManifest("v1")
            .expectError(401, "UNAUTHORIZED")
            .header("WWW-Authenticate")
            .orElseThrow();
    assertThat(challenge)
        .contains("error=\"invalid_token\"", "scope=\"repository:" + name + ":pull\"");
    with(token).beginUpload("").expectError(401, "UNAUTHORIZED");
    registry.anonymous().bearer(token).get("/v2/").expectError(401, "UNAUTHORIZED");
    registry.anonymous().bearer(token).get("/v2/_catalog").expectError(401, "UNAUTHORIZED");
  }

  /** Otherwise the other tests of this class would prove nothing. */
  @Test
  void tokenOfTheForgeWouldBeTakenIfItWereTrue() {
    with(token().sign(key)).getManifest("v1").expect(200);
  }

  @Test
  void keyInsideTheTokenIsNotTrusted() {
    EllipticCurveJsonWebKey jwk = new EllipticCurveJsonWebKey((ECPublicKey) foreign.getPublic());
    expectRefused(
        token()
            .header("jwk", jwk.toParams(OutputControlLevel.PUBLIC_ONLY))
            .sign("ES256", key.kid(), foreign.getPrivate()));
    expectRefused(token().header("jwk", jwk.toParams(OutputControlLevel.PUBLIC_ONLY)).sign(key));
  }

  @Test
  void keyElsewhereIsNotFetched() {
    expectRefused(token().header("jku", "http://127.0.0.1:1/keys").sign(key));
    expectRefused(token().header("x5u", "http://127.0.0.1:1/chain").sign(key));
    expectRefused(
        token().header("x5c", List.of("MIIB")).sign("ES256", key.kid(), foreign.getPrivate()));
  }

  @Test
  void foreignKeyUnderTheRegistrysNameIsRefused() {
    expectRefused(token().sign("ES256", key.kid(), foreign.getPrivate()));
  }

  @Test
  void unknownKeyIsRefused() {
    expectRefused(token().sign("ES256", "unknown", foreign.getPrivate()));
    expectRefused(token().sign("ES256", "'; DROP TABLE signing_key; --", foreign.getPrivate()));
  }

  @Test
  void tokenWithoutSignatureIsRefused() {
    expectRefused(token().sign("none", key.kid(), null));
    String signed = token().sign(key);
    expectRefused(signed.substring(0, signed.lastIndexOf('.') + 1));
    expectRefused(signed.substring(0, signed.lastIndexOf('.')));
  }

  @Test
  void publicKeyIsNoSharedSecret() {
    expectRefused(
        token()
            .sign(
                "HS256", key.kid(), new SecretKeySpec(key.publicKey().getEncoded(), "HmacSHA256")));
  }

  @Test
  void alteredTokenIsRefused() {
    String signed = token().sign(key);
    String other = token().claim("adm", true).sign(key);
    expectRefused(
        signed.substring(0, signed.indexOf('.'))
            + other.substring(other.indexOf('.'), other.lastIndexOf('.'))
            + signed.substring(signed.lastIndexOf('.')));
    expectRefused(signed + "A");
  }

  @Test
  void tokenOfAnotherTimeIsRefused() {
    long now = Instant.now().getEpochSecond();
    expectRefused(token().claim("exp", now - 120).sign(key));
    expectRefused(token().claim("nbf", now + 120).sign(key));
    expectRefused(TokenForge.like(developer, project, name).claim("exp", "soon").sign(key));
  }

  @Test
  void tokenForSomebodyElseIsRefused() {
    expectRefused(token().claim("aud", "another-registry").sign(key));
    expectRefused(token().claim("iss", "somebody").sign(key));
  }

  @Test
  void tokenWithClaimsOfAnotherKindIsRefused() {
    expectRefused(token().claim("access", "everything").sign(key));
    expectRefused(token().claim("uid", "1").sign(key));
    expectRefused(
        token()
            .claim("access", List.of(Map.of("type", "repository", "name", "NO NAME")))
            .sign(key));
  }
}
