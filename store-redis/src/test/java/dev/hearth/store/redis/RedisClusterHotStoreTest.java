package dev.hearth.store.redis;

import dev.hearth.spi.Clock;
import dev.hearth.spi.HotStore;
import dev.hearth.testkit.HotStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class RedisClusterHotStoreTest extends HotStoreContract {

    private static @Nullable RedisServer server;
    private static @Nullable RedisConnection connection;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = RedisServer.cluster(folder);
        connection = RedisConnection.open(server.settings(true), Clock.system());
    }

    @AfterAll
    static void stop() throws Exception {
        Objects.requireNonNull(connection).close();
        Objects.requireNonNull(server).close();
    }

    @Override
    protected HotStore open() {
        Objects.requireNonNull(server).flush();
        return new RedisHotStore(Objects.requireNonNull(connection));
    }

    @Override
    protected void pass(Duration time) {
        Objects.requireNonNull(server).pass(time);
    }
}
