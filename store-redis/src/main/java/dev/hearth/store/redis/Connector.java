package dev.hearth.store.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Makes connections to one Redis or to a cluster, and owns the client and its threads. */
final class Connector implements AutoCloseable {

    /** How long a connection may take to be made, greeting and password included. */
    static final Duration CONNECT = Duration.ofSeconds(5);

    private static final int CLOSE_MILLIS = 2_000;

    private final ClientResources resources = DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            // Soon, because a hot tier that is back is worth having; with jitter, because all nodes lost it at once.
            .reconnectDelay(Delay.fullJitter(Duration.ofMillis(20), Duration.ofSeconds(1), 20, TimeUnit.MILLISECONDS))
            .build();
    private final Supplier<CompletionStage<Link>> connections;
    private final Runnable shutdown;

    /** A connection, and the commands that a single server and a cluster have in common. */
    record Link(StatefulConnection<byte[], byte[]> connection, RedisClusterAsyncCommands<byte[], byte[]> commands) {}

    Connector(RedisSettings settings) {
        RedisURI uri = RedisURI.create(settings.uri());
        uri.setTimeout(CONNECT);
        if (settings.cluster()) {
            RedisClusterClient client = RedisClusterClient.create(resources, uri);
            client.setOptions(clusterOptions());
            connections = () -> client.refreshPartitionsAsync()
                    .thenCompose(known -> client.connectAsync(ByteArrayCodec.INSTANCE))
                    .thenApply(made -> new Link(made, made.async()));
            shutdown = () -> client.shutdown(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            RedisClient client = RedisClient.create(resources, uri);
            client.setOptions(options(ClientOptions.builder()).build());
            connections = () ->
                    client.connectAsync(ByteArrayCodec.INSTANCE, uri).thenApply(made -> new Link(made, made.async()));
            shutdown = () -> client.shutdown(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    CompletableFuture<Link> connect() {
        return connections.get().toCompletableFuture();
    }

    @Override
    public void close() {
        shutdown.run();
        boolean ignored =
                resources.shutdown(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
    }

    /** No command waits for a connection: it fails at once, and so do those on the way when a connection is lost. */
    private static <B extends ClientOptions.Builder> B options(B builder) {
        builder.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                // Every caller has a deadline of its own.
                .timeoutOptions(TimeoutOptions.create())
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .keepAlive(true)
                        .build());
        return builder;
    }

    private static ClusterClientOptions clusterOptions() {
        ClusterClientOptions.Builder builder = options(ClusterClientOptions.builder());
        return builder.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(Duration.ofSeconds(30))
                        .build())
                .build();
    }
}
