package dev.hearth.server.stores;

import dev.hearth.HearthConfig;
import dev.hearth.Stores;
import dev.hearth.embed.onnx.OnnxEmbedder;
import dev.hearth.index.pinecone.PineconeSettings;
import dev.hearth.index.pinecone.PineconeVectorIndex;
import dev.hearth.server.config.ConfigException;
import dev.hearth.server.config.StoresConfig;
import dev.hearth.server.config.StoresConfig.Cold;
import dev.hearth.server.config.StoresConfig.Hot;
import dev.hearth.server.config.StoresConfig.Vectors;
import dev.hearth.server.config.StoresConfig.Warm;
import dev.hearth.spi.Clock;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Keys;
import dev.hearth.spi.Leases;
import dev.hearth.spi.VectorIndex;
import dev.hearth.spi.WarmStore;
import dev.hearth.store.dynamodb.DynamoErasureLedger;
import dev.hearth.store.dynamodb.DynamoKeys;
import dev.hearth.store.dynamodb.DynamoSettings;
import dev.hearth.store.dynamodb.DynamoWarmStore;
import dev.hearth.store.guarded.GuardedWarmStore;
import dev.hearth.store.local.FileKeys;
import dev.hearth.store.redis.RedisConnection;
import dev.hearth.store.redis.RedisHotStore;
import dev.hearth.store.redis.RedisLeases;
import dev.hearth.store.redis.RedisSettings;
import dev.hearth.store.s3.S3ColdStore;
import dev.hearth.store.s3.S3Settings;
import dev.hearth.store.sqlite.SqliteWarmStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The stores of a configuration; those on servers stand behind guards.
 *
 * @param guarding makes these guards; null for none, where stores are copied and every failure is told
 */
public record ChosenStores(StoresConfig chosen, @Nullable Guarding guarding) implements Stores {

    private static final Duration OPENING = Duration.ofSeconds(20);

    private record Shared(HotStore hot, Leases leases) {}

    record Records(WarmStore warm, Keys keys, ErasureLedger erasures) {}

    @Override
    public Opened open(HearthConfig config, Clock clock, Keeper keeper) {
        try {
            Records records = records(config, clock, keeper);
            Shared shared = shared(clock, keeper);
            return new Opened(
                    records.warm(),
                    shared.hot(),
                    shared.leases(),
                    cold(config, clock, keeper),
                    records.keys(),
                    records.erasures(),
                    vectors(config, clock, keeper));
        } catch (IllegalArgumentException unusable) {
            throw new ConfigException(String.valueOf(unusable.getMessage()));
        }
    }

    Records records(HearthConfig config, Clock clock, Keeper keeper) {
        return switch (chosen.warm()) {
            case Warm.Sqlite() ->
                new Records(
                        keeper.keep(SqliteWarmStore.open(config.data(), clock)),
                        Stores.keysHere(config, keeper),
                        Stores.erasuresHere(config, keeper));
            case Warm.Dynamo dynamo -> {
                DynamoSettings data = new DynamoSettings(
                        dynamo.endpoint(), dynamo.region(), dynamo.table(), dynamoCredentials(dynamo.credentials()));
                DynamoSettings keys = data.withTable(dynamo.keysTable());
                byte[] given = config.operatorKey();
                byte[] operatorKey = given == null ? FileKeys.operatorKey(config.data()) : given;
                DynamoWarmStore bare = DynamoWarmStore.open(data, clock);
                if (guarding == null) {
                    yield new Records(
                            keeper.keep(bare),
                            keeper.keep(DynamoKeys.open(keys, operatorKey, clock)),
                            keeper.keep(DynamoErasureLedger.open(keys, clock)));
                }
                GuardedWarmStore warm = keeper.keep(guarding.guards().warm(bare, clock));
                yield new Records(
                        warm,
                        keeper.keep(warm.alongside(DynamoKeys.open(keys, operatorKey, clock))),
                        keeper.keep(DynamoErasureLedger.open(keys, clock)));
            }
        };
    }

    private Shared shared(Clock clock, Keeper keeper) {
        return switch (chosen.hot()) {
            case Hot.Memory() -> new Shared(Stores.hotHere(clock, keeper), Stores.leasesHere(clock, keeper));
            case Hot.Redis redis -> {
                RedisSettings settings = new RedisSettings(redis.url(), redis.cluster(), redis.prefix());
                RedisConnection connection = keeper.keep(RedisConnection.open(settings, clock));
                RedisHotStore bare = new RedisHotStore(connection);
                RedisLeases leases = new RedisLeases(connection);
                yield guarding == null
                        ? new Shared(keeper.keep(bare), keeper.keep(leases))
                        : new Shared(
                                keeper.keep(guarding.guards().hot(bare, clock)),
                                keeper.keep(guarding.guards().leases(leases, clock)));
            }
        };
    }

    ColdStore cold(HearthConfig config, Clock clock, Keeper keeper) {
        return switch (chosen.cold()) {
            case Cold.Files() -> Stores.coldHere(config, keeper);
            case Cold.S3 s3 -> {
                S3Settings settings = new S3Settings(
                        s3.endpoint(),
                        s3.region(),
                        s3.bucket(),
                        s3.prefix(),
                        s3.pathStyle(),
                        s3Credentials(s3.credentials()));
                S3ColdStore bare = S3ColdStore.open(settings, Deadline.after(clock, OPENING));
                yield keeper.keep(guarding == null ? bare : guarding.guards().cold(bare, clock));
            }
        };
    }

    private @Nullable VectorIndex vectors(HearthConfig config, Clock clock, Keeper keeper) {
        return switch (chosen.vectors()) {
            case Vectors.Exact() -> null;
            case Vectors.Pinecone pinecone -> {
                if (!config.embedding().on()) {
                    throw new ConfigException(
                            "vectors.kind is pinecone, and embedder is none: without an embedder there are"
                                    + " no vectors. Set embedder to onnx, or vectors.kind to exact.");
                }
                PineconeSettings settings = PineconeSettings.of(pinecone.host(), pinecone.apiKey());
                yield keeper.keep(
                        PineconeVectorIndex.open(settings, OnnxEmbedder.DIMENSION, Deadline.after(clock, OPENING)));
            }
        };
    }

    private static DynamoSettings.@Nullable Credentials dynamoCredentials(StoresConfig.@Nullable Credentials given) {
        return given == null ? null : new DynamoSettings.Credentials(given.accessKeyId(), given.secretAccessKey());
    }

    private static S3Settings.@Nullable Credentials s3Credentials(StoresConfig.@Nullable Credentials given) {
        return given == null ? null : new S3Settings.Credentials(given.accessKeyId(), given.secretAccessKey());
    }
}
