package io.orlop.system.tls;

import io.orlop.platform.file.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Makes the certificate of a home lab: a small authority, which clients are told to trust, and a
 * certificate of it for the registry.
 *
 * <p>Not one certificate for both: an authority can be put into every trust store there is, and the
 * registry's certificate can be renewed without touching the clients. The authority may vouch for
 * the given names and nothing else, so that its key is worth little to a thief.
 */
public final class SelfSigned {
  private SelfSigned() {}

  /**
   * The files that were written.
   *
   * @param authority the authority's certificate, for clients
   * @param certificate the registry's certificate
   * @param key the registry's private key
   */
  public record Written(Path authority, Path certificate, Path key) {}

  /**
   * Writes {@code ca.crt}, {@code ca.key}, {@code tls.crt} and {@code tls.key}; only their owner
   * may read the keys. An authority that is there already is used again, so that clients which
   * trust it trust the new certificate too.
   *
   * @param dir the folder, made if it is missing
   * @param hosts DNS names and IP addresses, the first is the subject
   * @throws IllegalArgumentException if there is no host, one is malformed, or the authority that
   *     is there may not vouch for one; the message is for the user
   */
  public static Written write(Path dir, List<String> hosts) {
    Hosts names = Hosts.parse(hosts);
    Written files =
        new Written(dir.resolve("ca.crt"), dir.resolve("tls.crt"), dir.resolve("tls.key"));
    Path authorityKey = dir.resolve("ca.key");
    try {
      Files.createDirectories(dir);
      Issuer issuer =
          Files.exists(authorityKey)
              ? Issuer.read(files.authority(), authorityKey, Clock.systemUTC())
              : Issuer.create(names, Clock.systemUTC());
      ServerKeyPair pair = issuer.issue(names);
      writeKey(authorityKey, Pem.of(issuer.authority().key()));
      writeCertificate(files.authority(), Pem.of(issuer.authority().chain().getFirst()));
      writeKey(files.key(), Pem.of(pair.key()));
      writeCertificate(files.certificate(), Pem.of(pair.chain().getFirst()));
    } catch (IOException e) {
      throw new UncheckedIOException("The certificate cannot be written: " + e.getMessage(), e);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("Every Java can sign with P-256", e);
    }
    return files;
  }

  private static void writeKey(Path file, String text) throws IOException {
    DurableFile.replace(file, text, "rw-------");
  }

  private static void writeCertificate(Path file, String text) throws IOException {
    DurableFile.replace(file, text, "rw-r--r--");
  }
}
