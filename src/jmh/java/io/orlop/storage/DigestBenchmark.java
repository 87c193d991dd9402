package io.orlop.storage;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What hashing costs while a blob arrives: one operation is one chunk. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DigestBenchmark {

  /** How many bytes come at a time. */
  @Param({"32768", "262144"})
  private int chunk;

  private byte[] bytes = new byte[0];
  private RunningDigests sha256 = new RunningDigests(Set.of());
  private RunningDigests both = new RunningDigests(Set.of(DigestAlgorithm.SHA512));

  /** Makes random bytes. */
  @Setup
  public void prepare() {
    bytes = new byte[chunk];
    new Random(1).nextBytes(bytes);
    sha256 = new RunningDigests(Set.of());
    both = new RunningDigests(Set.of(DigestAlgorithm.SHA512));
  }

  /** SHA-256 alone, as almost every push. */
  @Benchmark
  public long updateSha256() {
    sha256.update(ByteBuffer.wrap(bytes));
    return sha256.length();
  }

  /** Both algorithms. */
  @Benchmark
  public long updateSha256AndSha512() {
    both.update(ByteBuffer.wrap(bytes));
    return both.length();
  }

  /** What each PATCH asks for at its end. */
  @Benchmark
  public Map<DigestAlgorithm, Digest> readSoFar() {
    return sha256.soFar();
  }
}
