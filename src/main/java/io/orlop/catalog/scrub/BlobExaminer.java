package io.orlop.catalog.scrub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orlop.catalog.blob.BlobInfo;
import io.orlop.catalog.blob.Damage;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageException;
import io.orlop.storage.VerifiedStream;
import io.orlop.storage.WrongBytesException;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Reads a whole blob and tells what is wrong with it. Made at the start, so that its meter shows.
 */
@Startup
@ApplicationScoped
class BlobExaminer {
  private static final Logger LOG = Logger.getLogger(BlobExaminer.class);
  private static final int PIECE = 256 * 1024;

  private final BlobStore store;
  private final Counter bytesRead;

  BlobExaminer(BlobStore store, MeterRegistry registry) {
    this.store = store;
    this.bytesRead =
        Counter.builder("orlop.scrub.read")
            .description("Bytes of blobs that the scrub has read")
            .baseUnit("bytes")
            .register(registry);
  }

  /**
   * Reads a blob.
   *
   * @param afterPiece is told how many bytes were just read; what it throws ends the reading
   * @return what is wrong; empty if nothing
   */
  Optional<Damage> examine(BlobInfo blob, IntConsumer afterPiece) {
    try (BlobReader reader = store.open(blob.key())) {
      if (reader.size() != blob.size()) {
        return Optional.of(Damage.LENGTH);
      }
      read(blob, reader, afterPiece);
      return Optional.empty();
    } catch (WrongBytesException _) {
      return Optional.of(Damage.CONTENT);
    } catch (StorageException e) {
      LOG.debugf(e, "Blob %s cannot be read", blob.digest());
      return Optional.of(
          e.kind() == StorageException.Kind.NOT_FOUND ? Damage.MISSING : Damage.UNREADABLE);
    }
  }

  private void read(BlobInfo blob, BlobReader reader, IntConsumer afterPiece) {
    byte[] piece = new byte[Math.clamp(blob.size(), 1, PIECE)];
    try (InputStream bytes =
        new VerifiedStream(reader.stream(0, blob.size()), blob.digest(), blob.size())) {
      for (int count = bytes.read(piece); count >= 0; count = bytes.read(piece)) {
        bytesRead.increment(count);
        afterPiece.accept(count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
