package dev.hearth.store.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes the SDK's client, with what other servers than Amazon's do not understand switched off. */
final class S3Clients {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** A stall this long is given up and tried again, where the caller's deadline leaves time for it. */
    private static final Duration STALL = Duration.ofSeconds(10);

    private static final int CONFLICT = 409;
    private static final int MOST_RETRIES = 3;

    private S3Clients() {}

    static S3Client of(S3Settings settings) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .endpointOverride(settings.endpoint())
                .forcePathStyle(settings.pathStyle())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(STALL))
                .overrideConfiguration(override -> override.retryStrategy(retries()))
                // Objects bring a checksum of their own, as a header that older servers ignore.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build());
        S3Settings.Credentials credentials = settings.credentials();
        if (credentials != null) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey())));
        }
        return builder.build();
    }

    /** At most three more attempts, with jitter, for what may pass; S3 asks to repeat a put that met another. */
    private static StandardRetryStrategy retries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(1 + MOST_RETRIES)
                .backoffStrategy(BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofSeconds(2)))
                .throttlingBackoffStrategy(
                        BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofSeconds(5)))
                .retryOnException(failure -> failure instanceof S3Exception s3 && s3.statusCode() == CONFLICT)
                .build();
    }
}
