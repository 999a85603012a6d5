package dev.hearth.store.dynamodb;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which table, and how it is reached.
 *
 * @param endpoint where the requests go, or null for AWS's own endpoint of the region
 * @param region such as {@code eu-central-1}; another engine takes any word
 * @param table the table's name, in the account of the credentials
 * @param credentials whose requests these are, or null for the AWS SDK's default chain (environment, profile, role)
 */
public record DynamoSettings(
        @Nullable URI endpoint,
        String region,
        String table,
        @Nullable Credentials credentials) {

    /** A pair of keys. The secret is never printed. */
    public record Credentials(String accessKeyId, String secretAccessKey) {

        @Override
        public String toString() {
            return "Credentials[" + accessKeyId + "]";
        }
    }

    /** The same place, another table. */
    public DynamoSettings withTable(String other) {
        return new DynamoSettings(endpoint, region, other, credentials);
    }

    /** The table and where it is, for messages. */
    String place() {
        return table + " (" + (endpoint == null ? region : endpoint) + ")";
    }
}
