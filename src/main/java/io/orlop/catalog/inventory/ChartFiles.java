package io.orlop.catalog.inventory;

import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.artifact.ManifestService;
import io.orlop.catalog.blob.BlobContents;
import io.orlop.catalog.blob.BlobInfo;
import io.orlop.oci.Descriptor;
import io.orlop.oci.Digest;
import io.orlop.oci.ImageManifest;
import io.orlop.oci.Manifest;
import io.orlop.oci.ManifestParser;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.input.BoundedInputStream;

/** Reads files out of Helm charts, of which anybody may push a hostile one. */
@ApplicationScoped
class ChartFiles {
  private static final String CONTENT = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

  /** How much of a chart is unpacked to find a file in it. */
  private static final long MOST_UNPACKED = 64L << 20;

  private static final int LARGEST_FILE = 4 << 20;

  private final ManifestService manifests;
  private final ConfigBlobs blobs;
  private final BlobContents contents;

  ChartFiles(ManifestService manifests, ConfigBlobs blobs, BlobContents contents) {
    this.manifests = manifests;
    this.blobs = blobs;
    this.contents = contents;
  }

  /**
   * Reads a file of the chart's own folder, whatever the case of its name.
   *
   * @return empty if the chart has none
   * @throws io.orlop.platform.error.RegistryException BAD_REQUEST if it is no archive
   */
  byte[] read(ArtifactInfo chart, String file) {
    return archive(chart).map(archive -> read(archive, file)).orElse(new byte[0]);
  }

  private Optional<BlobInfo> archive(ArtifactInfo chart) {
    RepositoryRef repository =
        new RepositoryRef(chart.projectId(), new RepositoryName(chart.repository()));
    Manifest manifest =
        ManifestParser.parse(manifests.bytes(repository, Digest.parse(chart.digest())), null);
    return manifest instanceof ImageManifest image
        ? image.layers().stream()
            .filter(layer -> layer.mediaType().essence().equals(CONTENT))
            .findFirst()
            .map(Descriptor::digest)
            .flatMap(digest -> blobs.find(chart.repositoryId(), digest))
        : Optional.empty();
  }

  private byte[] read(BlobInfo archive, String file) {
    byte[][] found = {new byte[0]};
    try {
      contents.reading(
          archive,
          reader -> {
            try (InputStream bytes = reader.stream(0, archive.size())) {
              found[0] = unpacked(bytes, file);
            }
          });
    } catch (IOException e) {
      throw ErrorCode.BAD_REQUEST.exception("the chart cannot be unpacked").causedBy(e);
    }
    return found[0];
  }

  private static byte[] unpacked(InputStream archive, String file) throws IOException {
    try (InputStream plain =
            BoundedInputStream.builder()
                .setInputStream(new GZIPInputStream(archive))
                .setMaxCount(MOST_UNPACKED)
                .get();
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && isOwn(entry.getName(), file)) {
          return tar.readNBytes(LARGEST_FILE);
        }
      }
    }
    return new byte[0];
  }

  /** A file in the archive's only folder, not in those of the charts that it brings along. */
  private static boolean isOwn(String path, String file) {
    int slash = path.indexOf('/');
    return slash > 0 && path.substring(slash + 1).equalsIgnoreCase(file);
  }
}
