package dev.hearth.store.redis;

import static dev.hearth.store.redis.Faults.assertFails;
import static dev.hearth.store.redis.Faults.await;
import static dev.hearth.store.redis.Faults.shortly;
import static dev.hearth.store.redis.Faults.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that dies, stalls or forgets. The timeouts here end a hanging test and measure nothing. */
@Timeout(60)
final class RedisFaultsTest {

    private static final Partition PARTITION = new Partition("p");
    private static final Duration LONG = Duration.ofDays(7);

    /** Of the connection only; deadlines are real. */
    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private RedisServer server;
    private RedisConnection connection;
    private RedisHotStore store;
    private RedisLeases leases;

    @BeforeEach
    void open() throws Exception {
        server = RedisServer.single(folder);
        connect();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void aDeadRedisFailsAtOnceAndOneThatIsBackIsUsed() throws Exception {
        put("k", new byte[1]);
        server.kill();
        for (int i = 0; i < 100; i++) {
            assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "k", soon()));
            assertFails(Kind.UNAVAILABLE, () -> put("k", new byte[1]));
            assertFails(Kind.UNAVAILABLE, () -> store.drop(PARTITION, soon()));
            assertFails(Kind.UNAVAILABLE, this::take).hasMessageNotContaining(RedisServer.PASSWORD);
        }
        server.startAgain();
        await(() -> store.get(PARTITION, "k", soon()) == null);
        put("k", new byte[] {2});
        assertThat(store.get(PARTITION, "k", soon())).containsExactly(2);
    }

    @Test
    void aDeadClusterFailsAtOnceAndOneThatIsBackIsUsed() throws Exception {
        try (RedisServer cluster = RedisServer.cluster(folder);
                RedisConnection connected = RedisConnection.open(cluster.settings(true), clock)) {
            RedisHotStore clustered = new RedisHotStore(connected);
            clustered.put(PARTITION, "k", new byte[1], LONG, soon());
            cluster.kill();
            for (int i = 0; i < 100; i++) {
                assertFails(Kind.UNAVAILABLE, () -> clustered.get(PARTITION, "k", soon()));
                assertFails(Kind.UNAVAILABLE, () -> clustered.drop(PARTITION, soon()));
            }
            cluster.startAgain();
            await(() -> clustered.get(PARTITION, "k", soon()) == null);
        }
    }

    @Test
    void whatIsOnTheWayToADyingRedisFails() throws Exception {
        server.stall();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                waiting.add(
                        threads.submit(() -> assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "k", soon()))));
            }
            server.kill();
            for (Future<?> one : waiting) {
                one.get();
            }
        }
    }

    @Test
    void aNodeStartsWithoutRedisAndUsesItWhenItComes() throws Exception {
        connection.close();
        server.kill();
        connect();
        assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "k", soon()))
                .hasMessageContaining("no connection")
                .hasMessageContaining(": nothing takes a connection there.")
                .hasMessageNotContaining("null");
        server.startAgain();
        await(() -> {
            clock.advance(Duration.ofSeconds(1));
            return store.get(PARTITION, "k", soon()) == null;
        });
    }

    @Test
    void aFlushLosesEverythingAndNothingElse() {
        put("k", new byte[1]);
        assertThat(take()).isTrue();
        server.flush();
        assertThat(store.get(PARTITION, "k", soon())).isNull();
        assertThat(leases.renew(PARTITION, "l", "one", LONG, soon())).isFalse();
        assertThat(leases.take(PARTITION, "l", "two", LONG, soon())).isTrue();
        put("k", new byte[] {2});
        assertThat(store.get(PARTITION, "k", soon())).containsExactly(2);
    }

    @Test
    void aStalledRedisCostsNoMoreThanTheDeadline() throws Exception {
        put("k", new byte[1]);
        server.stall();
        assertFails(Kind.DEADLINE, () -> store.get(PARTITION, "k", shortly()));
        assertFails(Kind.DEADLINE, () -> store.put(PARTITION, "k", new byte[] {2}, LONG, shortly()));
        assertFails(Kind.DEADLINE, () -> store.remove(PARTITION, "l", shortly()));
        assertFails(Kind.DEADLINE, () -> store.drop(new Partition("q"), shortly()));
        assertFails(Kind.DEADLINE, () -> leases.take(PARTITION, "l", "one", LONG, shortly()));
        server.goOn();
        assertThat(store.get(PARTITION, "k", soon())).hasSize(1);
        assertThat(leases.take(PARTITION, "l", "one", LONG, soon())).isTrue();
    }

    @Test
    void aLongStallIsTakenForADeadConnection() throws Exception {
        server.stall();
        assertFails(Kind.DEADLINE, () -> store.get(PARTITION, "k", shortly()));
        for (Kind kind = Kind.DEADLINE; kind != Kind.UNAVAILABLE; kind = failureOfAGet()) {
            assertThat(kind).isEqualTo(Kind.DEADLINE);
            clock.advance(Duration.ofSeconds(10));
        }
        // Nobody waits for the new one.
        assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "k", soon()));
        server.goOn();
        await(() -> {
            clock.advance(Duration.ofSeconds(1));
            return store.get(PARTITION, "k", soon()) == null;
        });
    }

    @Test
    void bytesOnTheWayToAStalledRedisAreBounded() throws Exception {
        byte[] large = new byte[30 << 20];
        server.stall();
        assertRefused(2, 2, () -> {
            put("k", large);
            return null;
        });
        assertThat(store.get(PARTITION, "k", soon())).hasSameSizeAs(large);
    }

    @Test
    void commandsOnTheWayToAStalledRedisAreBounded() throws Exception {
        server.stall();
        assertRefused(4_096, 100, () -> store.get(PARTITION, "k", soon()));
    }

    /** Of calls made together to a stalled Redis, those beyond a bound are refused; the others wait till it goes on. */
    private void assertRefused(int bound, int beyond, Callable<byte @Nullable []> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<byte @Nullable []> calls = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < bound + beyond; i++) {
                calls.submit(call);
            }
            for (int i = 0; i < beyond; i++) {
                assertThatThrownBy(calls.take()::get)
                        .cause()
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("Too much is on the way");
            }
            assertThat(calls.poll()).isNull();
            server.goOn();
            for (int i = 0; i < bound; i++) {
                assertThat(calls.take().get()).isNull();
            }
        }
    }

    @Test
    void aWrongPasswordIsToldAtOpeningAndNotRepeated() {
        RedisSettings wrong = new RedisSettings(server.uri("not-the-password"), false, "test");
        assertFails(Kind.UNAVAILABLE, () -> RedisConnection.open(wrong, clock))
                .hasMessageContaining("user or password is wrong")
                .hasMessageNotContaining("not-the-password");
        RedisSettings noDatabase = new RedisSettings(server.uri().resolve("/99"), false, "test");
        assertFails(Kind.UNAVAILABLE, () -> RedisConnection.open(noDatabase, clock))
                .hasMessageContaining("database");
    }

    @Test
    void aClosedConnectionSaysSo() {
        connection.close();
        connection.close();
        assertFails(Kind.CLOSED, () -> store.get(PARTITION, "k", soon()));
        assertFails(Kind.CLOSED, this::take);
    }

    @Test
    void closingEndsWhatIsOnTheWay() throws Exception {
        server.stall();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting = threads.submit(() -> assertFails(Kind.CLOSED, () -> store.get(PARTITION, "k", soon())));
            assertFails(Kind.DEADLINE, () -> store.get(PARTITION, "k", shortly()));
            connection.close();
            waiting.get();
        }
    }

    private Kind failureOfAGet() {
        try {
            store.get(PARTITION, "k", shortly());
            throw new AssertionError("A stalled Redis does not answer.");
        } catch (StoreException failed) {
            return failed.kind();
        }
    }

    private void connect() {
        connection = RedisConnection.open(server.settings(false), clock);
        store = new RedisHotStore(connection);
        leases = new RedisLeases(connection);
    }

    private void put(String key, byte[] value) {
        store.put(PARTITION, key, value, LONG, soon());
    }

    private boolean take() {
        return leases.take(PARTITION, "l", "one", LONG, soon());
    }
}
