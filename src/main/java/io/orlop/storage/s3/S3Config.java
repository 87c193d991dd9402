package io.orlop.storage.s3;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The bucket; used with {@code orlop.storage.type=s3} alone. */
@ConfigMapping(prefix = "orlop.storage.s3")
public interface S3Config {

  /**
   * The address of an S3-compatible store, such as {@code https://minio.example.com:9000}. Without
   * it Amazon S3 in the region is used.
   */
  Optional<URI> endpoint();

  /** The bucket, which has to be there already. */
  Optional<String> bucket();

  /**
   * What the names of all objects begin with, such as {@code orlop/}, where the bucket is shared
   * with others. A missing slash at its end is added.
   */
  @WithDefault("/")
  String prefix();

  /**
   * The bucket's region. Without it the usual places of the AWS SDK are asked, and where there is
   * an endpoint, {@code us-east-1} is taken.
   */
  Optional<String> region();

  /**
   * The access key. Without it the AWS SDK's default credential chain is asked: environment,
   * profile, service account of Kubernetes, instance role.
   */
  Optional<String> accessKey();

  /** The secret that belongs to the access key. */
  Optional<String> secretKey();

  /**
   * Whether the bucket's name goes into the path of addresses ({@code on}) or in front of the host
   * name. On where there is an endpoint.
   */
  Optional<Boolean> pathStyle();

  /**
   * Whether pulls of blobs are redirected to the store ({@code on}), by addresses that are signed
   * for {@code redirect-lifetime}, so that their bytes do not pass through Orlop. Clients must be
   * able to reach the store, and trust its certificate.
   */
  @WithDefault("false")
  boolean redirect();

  /** How long an address that pulls are redirected to can be used, at most seven days. */
  @WithDefault("PT20M")
  Duration redirectLifetime();

  /** The address of the store as clients reach it, for redirects; without it the endpoint's. */
  Optional<URI> publicEndpoint();

  /**
   * Who encrypts the objects at rest: {@code none} leaves it to the bucket's own setting, {@code
   * s3} asks for keys of the store (SSE-S3), {@code kms} for keys of its key service (SSE-KMS),
   * {@code customer} sends our own key with every request (SSE-C; not together with redirect).
   */
  @WithDefault("none")
  EncryptionType encryption();

  /** The key of the key service, with {@code encryption=kms}; without it the account's default. */
  Optional<String> kmsKey();

  /**
   * Our own key, 32 bytes in base64, with {@code encryption=customer}. Without it nothing that was
   * stored can be read again.
   */
  Optional<String> customerKey();

  /** The storage class of blobs, such as {@code INTELLIGENT_TIERING}; without it the bucket's. */
  Optional<String> storageClass();

  /**
   * How much memory the parts of all uploads may take together, in bytes or with a suffix such as
   * {@code M}; at least 8 MiB, which is one part. Uploads beyond it wait before they read on from
   * their clients.
   */
  @WithDefault("64M")
  MemorySize uploadBuffers();

  /** How long to wait for a connection to the store. */
  @WithDefault("PT5S")
  Duration connectTimeout();

  /** How long to wait for the next bytes of an answer of the store. */
  @WithDefault("PT1M")
  Duration readTimeout();

  /** How often a request is sent until it is given up, the first time included. */
  @WithDefault("4")
  @Min(1)
  @Max(20)
  int attempts();

  /**
   * How old a multipart upload below the prefix must be to be taken for a crash's leftover and
   * aborted; longer than any body takes to arrive.
   */
  @WithDefault("P2D")
  Duration staleAfter();
}
