package io.orlop.storage.s3;

import io.orlop.platform.job.PeriodicWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Aborts multipart uploads that a crash has left: their parts cost money, and nobody sees them. */
@ApplicationScoped
class UnfinishedUploads implements PeriodicWork {
  private static final Logger LOG = Logger.getLogger(UnfinishedUploads.class);

  private final S3Driver driver;
  private final S3Config config;

  UnfinishedUploads(S3Driver driver, S3Config config) {
    this.driver = driver;
    this.config = config;
  }

  @Override
  public String name() {
    return "abort-unfinished-uploads";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public void run() {
    driver.opened().ifPresent(this::abort);
  }

  private void abort(S3BlobStore store) {
    int aborted = store.abortUnfinishedBefore(Instant.now().minus(config.staleAfter()));
    if (aborted > 0) {
      LOG.infof("Aborted %d uploads to the bucket that a crash had left unfinished", aborted);
    }
  }
}
