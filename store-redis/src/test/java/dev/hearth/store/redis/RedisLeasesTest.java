package dev.hearth.store.redis;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Leases;
import dev.hearth.testkit.LeasesContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class RedisLeasesTest extends LeasesContract {

    private static @Nullable RedisServer server;
    private static @Nullable RedisConnection connection;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = RedisServer.single(folder);
        connection = RedisConnection.open(server.settings(false), Clock.system());
    }

    @AfterAll
    static void stop() throws Exception {
        Objects.requireNonNull(connection).close();
        Objects.requireNonNull(server).close();
    }

    @Override
    protected Leases open() {
        Objects.requireNonNull(server).flush();
        return new RedisLeases(Objects.requireNonNull(connection));
    }

    @Override
    protected void pass(Duration time) {
        Objects.requireNonNull(server).pass(time);
    }
}
