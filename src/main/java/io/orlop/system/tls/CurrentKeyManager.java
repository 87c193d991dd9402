package io.orlop.system.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives each new connection the key pair of the moment; connections that are there keep theirs. A
 * handshake asks several times, so an alias says which pair it was told of first.
 */
final class CurrentKeyManager extends X509ExtendedKeyManager {
  private static final char[] NO_PASSWORD = {};

  private volatile Generations generations;

  private record Generation(String alias, X509ExtendedKeyManager keys) {}

  private record Generations(Generation current, Generation previous) {}

  CurrentKeyManager(ServerKeyPair pair) {
    Generation first = new Generation("0", keys("0", pair));
    generations = new Generations(first, first);
  }

  /** Takes another pair for connections to come. */
  void replace(ServerKeyPair pair) {
    Generation last = generations.current();
    String alias = Integer.toString(Integer.parseInt(last.alias()) + 1);
    generations = new Generations(new Generation(alias, keys(alias, pair)), last);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return generations.current().keys().chooseServerAlias(keyType, issuers, null);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return generations.current().keys().chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return generations.current().keys().getServerAliases(keyType, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return of(alias).getCertificateChain(alias);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return of(alias).getPrivateKey(alias);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String @Nullable [] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  private X509ExtendedKeyManager of(String alias) {
    Generations now = generations;
    return alias.equals(now.current().alias()) ? now.current().keys() : now.previous().keys();
  }

  private static X509ExtendedKeyManager keys(String alias, ServerKeyPair pair) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(
          alias, pair.key(), NO_PASSWORD, pair.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(store, NO_PASSWORD);
      return Arrays.stream(factory.getKeyManagers())
          .map(X509ExtendedKeyManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Every Java can keep a key in memory", e);
    }
  }
}
