package dev.hearth.server.config;

import dev.hearth.server.config.StoresConfig.Cold;
import dev.hearth.server.config.StoresConfig.Credentials;
import dev.hearth.server.config.StoresConfig.Hot;
import dev.hearth.server.config.StoresConfig.Vectors;
import dev.hearth.server.config.StoresConfig.Warm;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts together where everything is kept. */
final class StoresReader {

    private enum WarmKind {
        SQLITE,
        DYNAMODB
    }

    private enum HotKind {
        MEMORY,
        REDIS
    }

    private enum ColdKind {
        FILES,
        S3
    }

    private enum VectorsKind {
        EXACT,
        PINECONE
    }

    private final ConfigReader reader;

    private StoresReader(ConfigReader reader) {
        this.reader = reader;
    }

    static StoresConfig read(ConfigReader reader) {
        StoresReader stores = new StoresReader(reader);
        return new StoresConfig(stores.warm(), stores.hot(), stores.cold(), stores.vectors());
    }

    private Warm warm() {
        return switch (reader.choice(ConfigKey.WARM_KIND, WarmKind.class, WarmKind.SQLITE)) {
            case SQLITE -> {
                reader.requireAlone(ConfigKey.WARM_KIND, "sqlite");
                yield new Warm.Sqlite();
            }
            case DYNAMODB -> {
                String table = needed(ConfigKey.WARM_TABLE, "warm.kind is dynamodb");
                String keys = needed(ConfigKey.WARM_KEYS_TABLE, "warm.kind is dynamodb");
                if (table.equals(keys)) {
                    throw new ConfigException(
                            "warm.keys_table is the same table as warm.table: keys lie in a table of their"
                                    + " own, so that a backup of the data holds none.");
                }
                yield new Warm.Dynamo(
                        reader.url(ConfigKey.WARM_ENDPOINT),
                        needed(ConfigKey.WARM_REGION, "warm.kind is dynamodb"),
                        table,
                        keys,
                        credentials(ConfigKey.WARM_ACCESS_KEY_ID, ConfigKey.WARM_SECRET_ACCESS_KEY));
            }
        };
    }

    private Hot hot() {
        return switch (reader.choice(ConfigKey.HOT_KIND, HotKind.class, HotKind.MEMORY)) {
            case MEMORY -> {
                reader.requireAlone(ConfigKey.HOT_KIND, "memory");
                yield new Hot.Memory();
            }
            case REDIS ->
                new Hot.Redis(
                        redis(needed(ConfigKey.HOT_URL, "hot.kind is redis")),
                        reader.flag(ConfigKey.HOT_CLUSTER),
                        reader.text(ConfigKey.HOT_PREFIX, "hearth"));
        };
    }

    /** What is wrong with it is not repeated, since it may hold a password. */
    private static URI redis(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("hot.url is no address: it is written as redis://[user:password@]host[:port].");
        }
    }

    private Cold cold() {
        return switch (reader.choice(ConfigKey.COLD_KIND, ColdKind.class, ColdKind.FILES)) {
            case FILES -> {
                reader.requireAlone(ConfigKey.COLD_KIND, "files");
                yield new Cold.Files();
            }
            case S3 ->
                new Cold.S3(
                        reader.url(ConfigKey.COLD_ENDPOINT),
                        needed(ConfigKey.COLD_REGION, "cold.kind is s3"),
                        needed(ConfigKey.COLD_BUCKET, "cold.kind is s3"),
                        Objects.requireNonNullElse(reader.textOf(ConfigKey.COLD_PREFIX), ""),
                        reader.flag(ConfigKey.COLD_PATH_STYLE),
                        credentials(ConfigKey.COLD_ACCESS_KEY_ID, ConfigKey.COLD_SECRET_ACCESS_KEY));
        };
    }

    private Vectors vectors() {
        return switch (reader.choice(ConfigKey.VECTORS_KIND, VectorsKind.class, VectorsKind.EXACT)) {
            case EXACT -> {
                reader.requireAlone(ConfigKey.VECTORS_KIND, "exact");
                yield new Vectors.Exact();
            }
            case PINECONE ->
                new Vectors.Pinecone(
                        needed(ConfigKey.VECTORS_HOST, "vectors.kind is pinecone"),
                        needed(
                                ConfigKey.VECTORS_API_KEY,
                                "vectors.kind is pinecone (HEARTH_PINECONE_API_KEY keeps it out of the file)"));
        };
    }

    private String needed(ConfigKey key, String since) {
        String text = reader.textOf(key);
        if (text == null || text.isBlank()) {
            throw new ConfigException(key.path() + " is missing, which is needed since " + since + ".");
        }
        return text;
    }

    private @Nullable Credentials credentials(ConfigKey id, ConfigKey secret) {
        String accessKeyId = reader.textOf(id);
        String secretAccessKey = reader.textOf(secret);
        if ((accessKeyId == null) != (secretAccessKey == null)) {
            throw new ConfigException(id.path() + " and " + secret.path()
                    + " belong together: set both, or neither for the usual places of Amazon's SDK.");
        }
        return accessKeyId == null || secretAccessKey == null ? null : new Credentials(accessKeyId, secretAccessKey);
    }
}
