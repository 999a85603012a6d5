package dev.hearth.store.redis;

import static dev.hearth.store.redis.Faults.assertFails;
import static dev.hearth.store.redis.Faults.await;
import static dev.hearth.store.redis.Faults.shortly;
import static dev.hearth.store.redis.Faults.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.HotStore;
import dev.hearth.spi.Leases;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.store.guarded.Breaker;
import dev.hearth.store.guarded.BreakerState;
import dev.hearth.store.guarded.Guards;
import dev.hearth.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Breakers before a real Redis that stalls or dies. The timeouts here end a hanging test and measure nothing. */
@Timeout(60)
final class GuardedRedisTest {

    private static final Partition PARTITION = new Partition("p");
    private static final Duration LONG = Duration.ofDays(7);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int FAILURES = 5;

    /** Of the connection and the breakers; deadlines are real. */
    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    private final Guards guards = new Guards(new Random(7));

    @TempDir
    Path folder;

    private RedisServer server;
    private RedisConnection connection;
    private HotStore store;
    private Leases leases;

    @BeforeEach
    void open() throws Exception {
        server = RedisServer.single(folder);
        connection = RedisConnection.open(server.settings(false), clock);
        store = guards.hot(new RedisHotStore(connection), clock);
        leases = guards.leases(new RedisLeases(connection), clock);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        leases.close();
        connection.close();
        server.close();
    }

    @Test
    void aStalledRedisIsAnEmptyCacheAfterFiveDeadlinesAndIsUsedWhenItGoesOn() throws Exception {
        put("k", 1);
        server.stall();
        open(hot(), Kind.DEADLINE, () -> store.get(PARTITION, "k", shortly()));
        // Whoever waited for Redis here would wait for minutes.
        assertThat(store.get(PARTITION, "k", soon())).isNull();
        put("l", 2);
        clock.advance(PAUSE);
        assertFails(Kind.DEADLINE, () -> store.get(PARTITION, "k", shortly()));
        assertThat(store.get(PARTITION, "k", soon())).isNull();
        assertFails(Kind.DEADLINE, () -> store.drop(PARTITION, shortly()));
        server.goOn();
        clock.advance(PAUSE);
        // The drop that was late has been done by now: what was put before it is not read.
        assertThat(store.get(PARTITION, "k", soon())).isNull();
        assertThat(hot().state()).isEqualTo(BreakerState.CLOSED);
        put("k", 3);
        assertThat(store.get(PARTITION, "k", soon())).containsExactly(3);
        assertThat(hot().opened()).isEqualTo(1);
    }

    @Test
    void deadlinesTooShortForRedisOpenNoBreaker() throws Exception {
        server.stall();
        for (int i = 0; i < 3 * FAILURES; i++) {
            assertFails(Kind.DEADLINE, () -> store.get(PARTITION, "k", soon().within(Duration.ofMillis(2))));
        }
        assertThat(hot().state()).isEqualTo(BreakerState.CLOSED);
        server.goOn();
    }

    @Test
    void aRedisThatDiesAndComesBackIsUsedAgain() throws Exception {
        put("k", 1);
        server.kill();
        open(hot(), Kind.UNAVAILABLE, () -> store.get(PARTITION, "k", soon()));
        assertThat(store.get(PARTITION, "k", soon())).isNull();
        assertFails(Kind.UNAVAILABLE, () -> store.drop(PARTITION, soon()));
        open(leases(), Kind.UNAVAILABLE, () -> leases.take(PARTITION, "l", "one", LONG, soon()));
        assertFails(Kind.UNAVAILABLE, () -> leases.take(PARTITION, "l", "one", LONG, soon()))
                .hasMessageContaining("was not asked");
        server.startAgain();
        await(() -> {
            clock.advance(PAUSE);
            put("k", 2);
            return hot().state() == BreakerState.CLOSED;
        });
        assertThat(store.get(PARTITION, "k", soon())).containsExactly(2);
        await(() -> {
            clock.advance(PAUSE);
            return leases.take(PARTITION, "l", "one", LONG, soon());
        });
        assertThat(leases().state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aStallThatLastsStillEndsInAnotherConnection() throws Exception {
        server.stall();
        open(hot(), Kind.DEADLINE, () -> store.get(PARTITION, "k", shortly()));
        RedisHotStore bare = new RedisHotStore(connection);
        boolean away = false;
        for (int tries = 0; tries < 8 && !away; tries++) {
            clock.advance(PAUSE);
            try {
                assertThat(store.get(PARTITION, "k", shortly())).isNull();
            } catch (StoreException failed) {
                away = failed.kind() == Kind.UNAVAILABLE;
            }
        }
        assertThat(away).as("the tries alone gave the connection up").isTrue();
        server.goOn();
        await(() -> {
            clock.advance(PAUSE);
            return bare.get(PARTITION, "k", soon()) == null;
        });
        await(() -> {
            clock.advance(PAUSE);
            return store.get(PARTITION, "k", soon()) == null && hot().state() == BreakerState.CLOSED;
        });
    }

    private static void open(Breaker breaker, Kind kind, ThrowingCallable call) {
        for (int i = 0; i < FAILURES; i++) {
            assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
            assertFails(kind, call);
        }
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    private Breaker hot() {
        return guards.breakers().get(0);
    }

    private Breaker leases() {
        return guards.breakers().get(1);
    }

    private void put(String key, int value) {
        store.put(PARTITION, key, new byte[] {(byte) value}, LONG, soon());
    }
}
