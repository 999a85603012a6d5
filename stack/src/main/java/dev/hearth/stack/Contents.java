package dev.hearth.stack;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import dev.hearth.store.dynamodb.DynamoSettings;
import dev.hearth.store.dynamodb.DynamoTables;
import dev.hearth.store.dynamodb.DynamoWarmStore;
import dev.hearth.store.s3.S3ColdStore;
import dev.hearth.store.s3.S3Settings;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** The tables and the bucket: made where they are missing, and held to what the stores need. */
final class Contents {

    private static final Duration MOST = Duration.ofSeconds(30);

    private Contents() {}

    static void make(StackSettings settings) {
        try {
            table(settings.table(StackSettings.TABLE));
            table(settings.table(StackSettings.KEYS_TABLE));
            bucket(settings.bucket());
        } catch (StoreException | SdkException e) {
            throw new Refused("The stack runs, and its tables or its bucket cannot be used: " + e.getMessage(), e);
        }
    }

    private static void table(DynamoSettings table) {
        try {
            DynamoWarmStore.open(table, Clock.system()).close();
        } catch (StoreException missing) {
            DynamoTables.create(table);
            DynamoWarmStore.open(table, Clock.system()).close();
        }
    }

    private static void bucket(S3Settings settings) {
        S3Settings.Credentials credentials = Objects.requireNonNull(settings.credentials());
        try (S3Client client = S3Client.builder()
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.apiCallTimeout(MOST))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey())))
                .build()) {
            client.createBucket(create -> create.bucket(settings.bucket()));
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException there) {
            // As it should be.
        }
        S3ColdStore.open(settings, Deadline.after(Clock.system(), MOST)).close();
    }
}
