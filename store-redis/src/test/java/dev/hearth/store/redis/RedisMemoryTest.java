package dev.hearth.store.redis;

import static dev.hearth.store.redis.Faults.assertFails;
import static dev.hearth.store.redis.Faults.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hot store keeps in Redis, and what becomes of it when Redis evicts some of it or has no room. */
final class RedisMemoryTest {

    private static final Partition PARTITION = new Partition("p");
    private static final Duration LONG = Duration.ofDays(7);
    private static final String TOKEN = "test:t:{p}";
    private static final String NAMES = "test:k:{p}";

    @TempDir
    Path folder;

    private RedisServer server;
    private RedisConnection connection;
    private RedisHotStore store;

    @BeforeEach
    void open() throws Exception {
        server = RedisServer.single(folder);
        connection = RedisConnection.open(server.settings(false), Clock.system());
        store = new RedisHotStore(connection);
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void everyKeyOfAPartitionHasItsHashTagAndAnEnd() {
        put("k", LONG);
        put("\u00e9 {q}", Duration.ofSeconds(60));
        assertThat(keys()).containsExactlyInAnyOrder(TOKEN, NAMES, "test:h:{p}:k", "test:h:{p}:\u00e9 {q}");
        for (String key : new String[] {TOKEN, NAMES, "test:h:{p}:k"}) {
            assertThat(server.<Long>ask(commands -> commands.pttl(key)))
                    .as(key)
                    .isBetween(LONG.minusMinutes(5).toMillis(), LONG.toMillis());
        }
    }

    @Test
    void namesOfWhatExpiredArePruned() {
        put("short", Duration.ofMillis(1));
        put("long", LONG);
        server.pass(Duration.ofMillis(1));
        put("another", LONG);
        assertThat(server.<List<String>>ask(commands -> commands.zrange(NAMES, 0, -1)))
                .containsExactlyInAnyOrder("long", "another");
    }

    @Test
    void aLifetimeOfNothingForgets() {
        put("k", LONG);
        put("k", Duration.ofNanos(999_999));
        assertThat(store.get(PARTITION, "k", soon())).isNull();
    }

    @Test
    void withoutItsTokenAPartitionIsLostAndStartsAnew() {
        put("k", LONG);
        put("l", LONG);
        evict(TOKEN);
        assertThat(store.get(PARTITION, "k", soon())).isNull();
        put("l", LONG);
        assertThat(store.get(PARTITION, "k", soon())).isNull();
        assertThat(store.get(PARTITION, "l", soon())).containsExactly(1, 2, 3);
        assertThat(store.drop(PARTITION, soon())).isEqualTo(new Removal(2, 6));
        assertThat(keys()).isEmpty();
    }

    @Test
    void aDropIsCompleteThoughTheNamesWereEvicted() {
        put("k", LONG);
        evict(NAMES);
        put("l", LONG);
        assertThat(store.drop(PARTITION, soon())).isEqualTo(new Removal(1, 3));
        assertThat(store.get(PARTITION, "k", soon())).isNull();
        put("m", LONG);
        assertThat(store.get(PARTITION, "k", soon())).isNull();
    }

    @Test
    void aDropOfManyIsMadeInBatches() {
        for (int i = 0; i < 1_234; i++) {
            put("k" + i, LONG);
        }
        assertThat(store.drop(PARTITION, soon())).isEqualTo(new Removal(1_234, 3 * 1_234));
        assertThat(keys()).isEmpty();
    }

    @Test
    void aValueCostsLittleMoreThanItsBytes() {
        long before = memory();
        for (int i = 0; i < 1_000; i++) {
            store.put(PARTITION, "memories/" + i, new byte[1_000], LONG, soon());
        }
        long more = (memory() - before) / 1_000 - 1_000;
        System.out.println("Redis's memory for a value of 1,000 bytes, beside them: " + more + " bytes");
        assertThat(more).isLessThan(600);
    }

    @Test
    void aFullRedisSaysSo() {
        put("k", LONG);
        server.ask(commands -> commands.configSet("maxmemory", "1"));
        assertFails(Kind.FULL, () -> put("l", LONG)).hasMessageContaining("maxmemory");
        assertThat(store.get(PARTITION, "k", soon())).containsExactly(1, 2, 3);
        assertThat(store.drop(PARTITION, soon())).isEqualTo(new Removal(1, 3));
    }

    @Test
    void aReplicaSaysSo() {
        server.ask(commands -> commands.replicaof("127.0.0.1", 1));
        assertFails(Kind.READ_ONLY, () -> put("l", LONG)).hasMessageContaining("primary");
    }

    private List<String> keys() {
        return server.ask(commands -> commands.keys("*"));
    }

    /** What Redis has taken for data, connections and itself. */
    private long memory() {
        String info = server.ask(commands -> commands.info("memory"));
        return info.lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private void evict(String key) {
        assertThat(server.<Long>ask(commands -> commands.del(key))).isEqualTo(1);
    }

    private void put(String key, Duration lifetime) {
        store.put(PARTITION, key, new byte[] {1, 2, 3}, lifetime, soon());
    }
}
