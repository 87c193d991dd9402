package io.orlop.registry.token;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key pair for ES256.
 *
 * @param kid its name in a token's header
 * @param publicKey verifies
 * @param privateKey signs
 * @param signsFrom when it begins to sign
 * @param verifiesUntil when the last token that it signed has ended; null while it is the newest
 */
record SigningKey(
    String kid,
    PublicKey publicKey,
    PrivateKey privateKey,
    Instant signsFrom,
    @Nullable Instant verifiesUntil) {

  boolean signsAt(Instant now) {
    return !now.isBefore(signsFrom);
  }

  boolean verifiesAt(Instant now) {
    return verifiesUntil == null || now.isBefore(verifiesUntil);
  }
}
