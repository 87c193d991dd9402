package io.orlop.storage.s3;

import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Makes clients from settings. Says of a setting that is wrong how to correct it. */
final class S3Connection {
  private static final Duration LONGEST_SIGNATURE = Duration.ofDays(7);

  private final S3Config config;
  private final String bucket;
  private final Optional<URI> endpoint;
  private final AwsCredentialsProvider credentials;
  private final Region region;

  /**
   * Reads the settings.
   *
   * @throws StorageException of kind {@code MISCONFIGURED} if one is missing or wrong
   */
  S3Connection(S3Config config) {
    this.config = config;
    this.bucket =
        config
            .bucket()
            .orElseThrow(
                () -> wrong("Set ORLOP_STORAGE_S3_BUCKET to the name of the bucket", null));
    this.endpoint = config.endpoint().map(uri -> checked("ORLOP_STORAGE_S3_ENDPOINT", uri));
    this.credentials = credentials(config);
    this.region = region();
  }

  String bucket() {
    return bucket;
  }

  /** Returns how the store is called in messages. */
  String store() {
    return endpoint.map(URI::toString).orElse("Amazon S3 in " + region.id());
  }

  private static URI checked(String setting, URI uri) {
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null) {
      throw wrong(setting + " is no address such as https://s3.example.com:9000: " + uri, null);
    }
    return uri;
  }

  private static AwsCredentialsProvider credentials(S3Config config) {
    if (config.accessKey().isPresent() != config.secretKey().isPresent()) {
      throw wrong(
          "Set both ORLOP_STORAGE_S3_ACCESS_KEY and ORLOP_STORAGE_S3_SECRET_KEY, or neither", null);
    }
    if (config.accessKey().isPresent()) {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(config.accessKey().get(), config.secretKey().orElseThrow()));
    }
    DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
    try {
      chain.resolveCredentials();
    } catch (SdkException e) {
      throw wrong(
          "No credentials were found. Set ORLOP_STORAGE_S3_ACCESS_KEY and"
              + " ORLOP_STORAGE_S3_SECRET_KEY, or give this machine what the AWS SDK's default"
              + " credential chain finds",
          e);
    }
    return chain;
  }

  private Region region() {
    if (config.region().isPresent()) {
      return Region.of(config.region().get());
    }
    if (endpoint.isPresent() && !isAmazon()) {
      return Region.US_EAST_1;
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkException e) {
      throw wrong("Set ORLOP_STORAGE_S3_REGION to the bucket's region", e);
    }
  }

  /** Tells whether the store is Amazon's own, which knows more than its look-alikes. */
  private boolean isAmazon() {
    return endpoint
        .map(uri -> uri.getHost().toLowerCase(Locale.ROOT))
        .map(host -> host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn"))
        .orElse(true);
  }

  /** Returns the checksum that {@link #client} sends with parts, if it sends any. */
  Optional<ChecksumAlgorithm> partChecksum() {
    return isAmazon() ? Optional.of(ChecksumAlgorithm.CRC32) : Optional.empty();
  }

  S3Client client() {
    return clientBuilder().build();
  }

  S3ClientBuilder clientBuilder() {
    boolean amazon = isAmazon();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region)
            .credentialsProvider(credentials)
            .serviceConfiguration(service().chunkedEncodingEnabled(amazon).build())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(config.connectTimeout())
                    .socketTimeout(config.readTimeout()))
            .overrideConfiguration(
                o -> o.retryStrategy(retries -> retries.maxAttempts(config.attempts())))
            .requestChecksumCalculation(
                amazon
                    ? RequestChecksumCalculation.WHEN_SUPPORTED
                    : RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(
                amazon
                    ? ResponseChecksumValidation.WHEN_SUPPORTED
                    : ResponseChecksumValidation.WHEN_REQUIRED);
    endpoint.ifPresent(builder::endpointOverride);
    if (!amazon) {
      builder.addPlugin(LegacyMd5Plugin.create());
    }
    return builder;
  }

  private S3Configuration.Builder service() {
    return S3Configuration.builder()
        .pathStyleAccessEnabled(config.pathStyle().orElse(endpoint.isPresent()));
  }

  /**
   * Makes what signs redirects, if there are to be any.
   *
   * @throws StorageException of kind {@code MISCONFIGURED} if clients could not follow them
   */
  Optional<TemporaryUrls> temporaryUrls() {
    if (!config.redirect()) {
      return Optional.empty();
    }
    if (config.encryption() == EncryptionType.CUSTOMER) {
      throw wrong(
          "Pulls cannot be redirected to objects that are encrypted with our own key. Set"
              + " ORLOP_STORAGE_S3_REDIRECT=off, or another ORLOP_STORAGE_S3_ENCRYPTION",
          null);
    }
    Duration lifetime = config.redirectLifetime();
    if (!lifetime.isPositive() || lifetime.compareTo(LONGEST_SIGNATURE) > 0) {
      throw wrong("ORLOP_STORAGE_S3_REDIRECT_LIFETIME has to be more than 0 and at most P7D", null);
    }
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(region)
            .credentialsProvider(credentials)
            .serviceConfiguration(service().build());
    config
        .publicEndpoint()
        .map(uri -> checked("ORLOP_STORAGE_S3_PUBLIC_ENDPOINT", uri))
        .or(() -> endpoint)
        .ifPresent(builder::endpointOverride);
    return Optional.of(new TemporaryUrls(builder.build(), bucket, lifetime));
  }

  Encryption encryption() {
    return switch (config.encryption()) {
      case NONE -> Encryption.NONE;
      case S3 -> Encryption.byStore();
      case KMS -> Encryption.byKeyService(config.kmsKey().orElse(null));
      case CUSTOMER -> byCustomer();
    };
  }

  private Encryption byCustomer() {
    try {
      return Encryption.byCustomer(config.customerKey().orElse(""));
    } catch (IllegalArgumentException e) {
      throw wrong("ORLOP_STORAGE_S3_CUSTOMER_KEY has to be 32 bytes in base64", e);
    }
  }

  private static StorageException wrong(String message, @Nullable Exception cause) {
    return new StorageException(Kind.MISCONFIGURED, message + ".", cause);
  }
}
