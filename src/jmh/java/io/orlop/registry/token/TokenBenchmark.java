package io.orlop.registry.token;

import io.orlop.access.Action;
import io.orlop.identity.Principal;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.metrics.UnwatchedCaches;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a token costs when it is issued, when it is first seen, and on every later request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenBenchmark {
  private static final Principal.UserPrincipal USER =
      new Principal.UserPrincipal(1, "admin", true, false, 1);
  private static final List<Grant> GRANTS =
      List.of(
          new Grant(new RepositoryName("library/bench"), 1, EnumSet.of(Action.PULL, Action.PUSH)));

  private TokenCodec codec;
  private SigningKeys keys;
  private String token;

  /** Makes a key and a token. */
  @Setup
  public void prepare() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    TokenConfig config = new HalfAnHour();
    keys =
        new SigningKeys(
            new OneKey(generator.generateKeyPair()), config, new TokenLifetime(config, null));
    codec = new TokenCodec(keys, new UnwatchedCaches());
    token = issue();
  }

  /** Signs a token. */
  @Benchmark
  public String issue() {
    return codec.write(USER, GRANTS, false, Instant.now(), Duration.ofMinutes(30));
  }

  /** Reads a token that was never seen: its signature is checked. */
  @Benchmark
  public Optional<RegistryToken> readFirst() {
    return new TokenCodec(keys, new UnwatchedCaches()).read(token);
  }

  /** Reads a token that was checked before. */
  @Benchmark
  public Optional<RegistryToken> readAgain() {
    return codec.read(token);
  }

  /** A store that holds one key and no database. */
  private static final class OneKey extends SigningKeyStore {
    private final SigningKey key;

    OneKey(KeyPair pair) {
      super(null, null);
      key = new SigningKey("bench", pair.getPublic(), pair.getPrivate(), Instant.EPOCH, null);
    }

    @Override
    List<SigningKey> load(Instant now) {
      return List.of(key);
    }
  }

  /** The defaults. */
  private static final class HalfAnHour implements TokenConfig {
    @Override
    public Optional<Duration> lifetime() {
      return Optional.of(Duration.ofMinutes(30));
    }

    @Override
    public Duration keyLifetime() {
      return Duration.ofDays(90);
    }
  }
}
