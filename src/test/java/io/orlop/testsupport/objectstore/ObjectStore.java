package io.orlop.testsupport.objectstore;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3-compatible store that a test starts, kills and starts again. */
public interface ObjectStore extends AutoCloseable {
  /** The access key. */
  String ACCESS_KEY = "orlop-tests";

  /** The secret key. */
  String SECRET_KEY = "secret-of-the-tests";

  /** Returns the address. */
  URI endpoint();

  /** Starts it, on the same address and with what it had. */
  void start();

  /** Ends it without a goodbye to its clients. */
  void kill();

  @Override
  void close();

  /** Returns a client with all rights, whose requests somebody watches. */
  default S3Client client(ExecutionInterceptor... watchers) {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            configuration -> List.of(watchers).forEach(configuration::addExecutionInterceptor))
        .build();
  }

  /** Returns the variables that make a bucket the store of an Orlop. */
  default Map<String, String> settings(String bucket) {
    return Map.of(
        "ORLOP_STORAGE_S3_ENDPOINT",
        endpoint().toString(),
        "ORLOP_STORAGE_S3_BUCKET",
        bucket,
        "ORLOP_STORAGE_S3_ACCESS_KEY",
        ACCESS_KEY,
        "ORLOP_STORAGE_S3_SECRET_KEY",
        SECRET_KEY);
  }

  /** Makes a bucket. */
  default void createBucket(String name) {
    try (S3Client client = client()) {
      client.createBucket(request -> request.bucket(name));
    }
  }
}
